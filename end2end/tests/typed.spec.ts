// Nothing typed is lost: while the page follows others, in a conflict, without network, after the session ended.
import type { Locator, Page } from '@playwright/test';
import { expect, hydrated, test } from '../pages/test';

const month = '/month?period=2026-11';

/** Opens the month and waits until it follows. */
const show = async (page: Page): Promise<void> => {
  await page.goto(month);
  await hydrated(page);
};

type Row = { row: Locator; field: Locator; report: Locator };

/** The rows that can be reported on. */
const rows = (page: Page): Locator =>
  page.locator('.month-work tbody tr').filter({ has: page.getByRole('button', { name: 'Ghi', exact: true }) });

const row = (page: Page, at: number): Row => {
  const row = rows(page).nth(at);
  return {
    row,
    field: row.getByRole('textbox', { name: /^Số lượng hoàn thành/ }),
    report: row.getByRole('button', { name: 'Ghi', exact: true }),
  };
};

/** Another number than the one in the field, small enough for every assignment. */
const other = async (field: Locator): Promise<string> => ((await field.inputValue()) === '0,25' ? '0,5' : '0,25');

test('what is being typed stays while the page follows what happens elsewhere', async ({ open }) => {
  const page = await open('deputy');
  await show(page);
  const twin = await page.context().newPage();
  await show(twin);

  const typing = row(page, 0);
  await typing.field.fill('0,7');
  const moved = row(twin, 1);
  const next = await other(moved.field);
  await moved.field.fill(next);
  await moved.report.click();
  await expect(row(page, 1).field).toHaveValue(next);
  await expect(typing.field).toHaveValue('0,7');
  await expect(typing.field).toBeFocused();
});

test('two who edit one row see both values, and the second report goes through', async ({ open }) => {
  const page = await open('deputy');
  await show(page);
  const twin = await page.context().newPage();
  await show(twin);

  await row(page, 0).field.fill('0,65');
  await row(twin, 0).field.fill('0,3');
  await row(twin, 0).report.click();
  await expect(twin.getByRole('status').filter({ hasText: 'Đã ghi tiến độ' })).toBeVisible();
  await row(page, 0).report.click();
  const conflict = row(page, 0).row.locator('.conflict');
  await expect(conflict).toContainText('0,3');
  await expect(conflict).toContainText('0,65');
  await expect(row(page, 0).field).toHaveValue('0,65');
  await row(page, 0).report.click();
  await expect(conflict).toHaveCount(0);
  await expect(row(twin, 0).field).toHaveValue('0,65');
});

test('a lost network and an ended session leave what was typed, and say how to go on', async ({ open, watch }) => {
  watch.expected.push(/ERR_INTERNET_DISCONNECTED/, /401/);
  const page = await open('deputy');
  await show(page);
  const { row: line, field, report } = row(page, 0);

  await page.context().setOffline(true);
  await field.fill('0,9');
  await report.click();
  await expect(line.getByRole('alert').filter({ hasText: 'Mất kết nối mạng' })).toBeVisible();
  await page.context().setOffline(false);

  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await report.click();
  const ended = line.getByRole('alert').filter({ hasText: 'Phiên làm việc đã kết thúc' });
  await expect(ended.getByRole('link', { name: /Đăng nhập lại/ })).toBeVisible();
  await expect(field).toHaveValue('0,9');

  // Signed in again elsewhere: the same press goes through.
  await page.context().addCookies(cookies);
  await report.click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã ghi tiến độ' })).toBeVisible();
  await expect(field).toHaveValue('0,9');
});
