// A month's work in three browsers: assign, report, deliver, return; the others see it move without a reload,
// and the review says what the return costs.
import type { Locator, Page } from '@playwright/test';
import { expect, hydrated, test } from '../pages/test';

const officer = 'Nguyễn Thu Hà';
const period = '2026-11';

test.setTimeout(180_000);

/** The table of the month's work. */
const work = (page: Page): Locator => page.locator('section', { has: page.getByRole('heading', { name: /Sản phẩm, công việc/ }) });

test('work is assigned, reported, delivered and returned before the eyes of the others', async ({ open }) => {
  const own = await open('officer');
  const head = await open('head');
  const leader = await open('leader', { viewport: { width: 1180, height: 820 } });

  await own.goto(`/month?period=${period}`);
  await hydrated(own);
  const rows = work(own).locator('tbody tr');
  const before = await rows.count();
  await leader.goto(`/compare?period=${period}`);
  await hydrated(leader);

  // The head assigns one product; it appears in the officer's open page.
  await head.goto(`/unit/assign?period=${period}`);
  await hydrated(head);
  const choice = head.getByLabel('Sản phẩm, công việc trong danh mục');
  await choice.selectOption({ index: 40 });
  await head.getByLabel('Số lượng cho mỗi người').fill('1');
  await head.getByLabel('Hạn hoàn thành').fill('2026-11-27');
  await head.getByRole('checkbox', { name: new RegExp(officer) }).check();
  await head.getByRole('button', { name: 'Giao việc' }).click();
  await expect(head.getByRole('status').filter({ hasText: 'Đã giao việc' })).toBeVisible();
  await expect(rows).toHaveCount(before + 1);

  // The officer reports; the head's unit page and the leader's chart follow without a reload.
  await head.goto(`/unit?period=${period}`);
  await hydrated(head);
  const volume = head.getByRole('img', { name: /Khối lượng hoàn thành/ });
  const volumeBefore = await volume.getAttribute('aria-label');
  const chart = leader.getByRole('main');
  const chartBefore = await chart.innerText();
  const row = rows.last();
  await row.getByRole('textbox', { name: /^Số lượng hoàn thành/ }).fill('1');
  await row.getByRole('button', { name: 'Ghi', exact: true }).click();
  await expect(volume).not.toHaveAttribute('aria-label', volumeBefore ?? '');
  await expect.poll(() => chart.innerText()).not.toBe(chartBefore);

  // He delivers.
  await row.getByRole('link').first().click();
  await expect(own).toHaveURL(/\/assignment\//);
  await own.getByLabel('Số lượng bàn giao').fill('1');
  await own.getByRole('button', { name: 'Bàn giao để nghiệm thu' }).click();
  await expect(own.getByText('Chờ nghiệm thu').first()).toBeVisible();
  const product = (await own.getByRole('heading', { level: 1 }).innerText()).trim();

  // The head returns it for a major error.
  await head.getByRole('link', { name: new RegExp(`${officer}`) }).first().click();
  await head.goto(head.url().replace('/month/', '/review/'));
  await hydrated(head);
  const waiting = head.locator('li, article, section, form').filter({ hasText: product }).filter({ has: head.getByRole('button', { name: /Nghiệm thu/ }) }).last();
  await waiting.getByText('Trả lại', { exact: false }).first().click();
  await waiting.getByLabel('Lý do trả lại: cần sửa gì').fill('Số liệu mục 2 sai nguồn.');
  await waiting.getByRole('button', { name: /sai sót lớn/ }).click();
  await expect(head.getByText(/bị trả lại vì sai sót lớn/).first()).toContainText('25');
});

test('reading and reporting work with scripts blocked', async ({ open }) => {
  const page = await open('officer', { javaScript: false });
  await page.goto(`/month?period=${period}`);
  const row = work(page).locator('tbody tr').first();
  await expect(row).toBeVisible();
  await expect(row.getByRole('button', { name: 'Ghi', exact: true })).toBeVisible();
  const field = row.getByRole('textbox', { name: /^Số lượng hoàn thành/ });
  await field.fill(await field.inputValue());
  await row.getByRole('button', { name: 'Ghi', exact: true }).click();
  await expect(page).toHaveURL(/\/month/);
  await expect(page.getByRole('alert').filter({ hasText: /không|chưa/ })).toHaveCount(0);
});
