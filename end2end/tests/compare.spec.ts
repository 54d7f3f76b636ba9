// Units side by side: one set of numbers as picture, as table and as file; every row leads to its unit.
import type { Page } from '@playwright/test';
import { expect, hydrated, test } from '../pages/test';

const rows = (page: Page) => page.locator('svg.dots:visible .dots-link > a');
const table = (page: Page) => page.getByRole('table');

for (const javaScript of [true, false]) {
  const how = javaScript ? 'hydrated' : 'without scripts';

  test(`picture and table show the same, ${how}`, async ({ open }) => {
    const page = await open('leader', { javaScript });
    await page.goto('/compare');
    if (javaScript) await hydrated(page);
    await expect(page.getByRole('heading', { level: 1, name: 'So sánh đơn vị' })).toBeVisible();
    const picture = page.locator('svg.dots:visible').getByRole('img');
    await expect(picture).toHaveAccessibleName(/Tổng điểm của \d+ đơn vị/);
    const words = await rows(page).evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
    expect(words.length).toBeGreaterThan(1);

    await page.getByRole('link', { name: 'Bảng số liệu' }).click();
    await expect(page).toHaveURL(/view=table/);
    const body = table(page).locator('tbody tr');
    await expect(body).toHaveCount(words.length);
    for (const [index, sentence] of words.entries()) {
      const cells = body.nth(index);
      const name = (await cells.locator('th').innerText()).trim();
      const value = (await cells.locator('td').nth(1).innerText()).trim();
      expect(sentence.startsWith(`${name}: ${value}`), `${sentence} / ${name} ${value}`).toBe(true);
    }
  });

  test(`another measure sorts afresh, ${how}`, async ({ open }) => {
    const page = await open('leader', { javaScript });
    await page.goto('/compare');
    if (javaScript) await hydrated(page);
    await page.getByRole('navigation', { name: 'So sánh theo' }).getByRole('link', { name: 'Tiến độ' }).click();
    await expect(page).toHaveURL(/by=progress/);
    await expect(page.getByRole('heading', { name: /Xếp theo tiến độ/ })).toBeVisible();
    const words = await rows(page).evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
    const values = words.flatMap((sentence) => {
      const value = /: ([\d.,]+)%, hạng/.exec(sentence)?.[1];
      return value === undefined ? [] : [Number(value.replaceAll('.', '').replace(',', '.'))];
    });
    expect(values.length).toBeGreaterThan(1);
    expect(values).toEqual([...values].sort((one, other) => other - one));
  });
}

test('the keyboard reaches a unit from the picture', async ({ open }) => {
  const page = await open('leader');
  await page.goto('/compare');
  await hydrated(page);
  const first = rows(page).first();
  await first.focus();
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/unit\?unit=[0-9a-f-]{36}&period=\d{4}-\d{2}/);
});

test('a phone shows the compact picture, with rows that a finger can hit', async ({ open }) => {
  const page = await open('leader', { viewport: { width: 390, height: 844 } });
  await page.goto('/compare');
  await hydrated(page);
  await expect(page.locator('svg.dots-compact')).toBeVisible();
  await expect(page.locator('svg.dots-wide')).toBeHidden();
  const box = await rows(page).first().boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
});

test('a leader downloads the workbook, an officer does not', async ({ open, watch }) => {
  const leader = await open('leader');
  await leader.goto('/compare');
  const download = leader.waitForEvent('download');
  await leader.getByRole('link', { name: 'Tải Excel' }).click();
  expect((await download).suggestedFilename()).toMatch(/^so-sanh-\d{4}-\d{2}\.xlsx$/);
  const file = await leader.request.get('/compare.xlsx?period=2026-01');
  expect(file.headers()['content-type']).toContain('spreadsheetml');
  expect((await leader.request.get('/compare.xlsx?period=2026-13')).status()).toBe(422);
  const officer = await open('officer');
  expect((await officer.request.get('/compare.xlsx')).status()).toBe(403);
  watch.expected.push(/403|422/);
});

test('each role starts with what waits for it, and the way to its work', async ({ open }) => {
  const homes = { officer: '/month', head: '/unit', leader: '/compare', administrator: '/accounts' } as const;
  for (const [role, path] of Object.entries(homes) as [keyof typeof homes, string][]) {
    const page = await open(role);
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Việc của tôi bây giờ' })).toBeVisible();
    await expect(page.locator('main .page-head a.button')).toHaveAttribute('href', path);
  }
});
