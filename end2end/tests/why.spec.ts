// Why a score is what it is: two months side by side, and what would change it, computed in the browser.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, hydrated, test } from '../pages/test';

async function accessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'no sideways scroll').toBeLessThanOrEqual(0);
}

for (const [name, viewport] of [
  ['desktop', { width: 1440, height: 900 }],
  ['tablet', { width: 1180, height: 820 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`a score changes while the reader moves what it depends on, and nothing is sent, ${name}`, async ({ open }) => {
    const page = await open('officer', { viewport });
    await page.goto('/month?period=2026-10');
    await page.getByRole('link', { name: 'Thử thay đổi' }).click();
    await hydrated(page);
    const total = page.getByTestId('trial');
    const before = await total.textContent();
    expect(before).toMatch(/^\d+(,\d+)?$/);
    await accessible(page);

    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    // By keyboard alone: every press of the arrow is one step.
    await page.getByLabel('Điểm tiêu chí chung').focus();
    for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press('ArrowLeft');
    await expect(total).not.toHaveText(before ?? '');
    await expect(page.getByText('Chưa có gì thay đổi.')).toHaveCount(0);
    await page.getByRole('button', { name: 'Thêm một: Lần chậm' }).click();
    await page.getByRole('button', { name: 'Về như ban đầu' }).click();
    await expect(total).toHaveText(before ?? '');
    await expect(page.getByText('Chưa có gì thay đổi.')).toBeVisible();
    expect(sent, 'nothing is sent').toEqual([]);

    // The month before, side by side.
    await page.getByRole('link', { name: 'So với tháng 9/2026' }).click();
    await expect(page).toHaveURL(/\/why\/.*with=2026-09/);
    await expect(page.getByRole('columnheader').first()).toBeVisible();
    await accessible(page);
  });
}
