// A month's work in three browsers: assign, report, deliver, return; the others see it move without a reload,
// and the review says what the return costs.
import type { Locator, Page } from '@playwright/test';
import { password } from '../pages/accounts';
import { expect, hydrated, test } from '../pages/test';

const officer = 'Nguyễn Thu Hà';
const period = '2026-11';

test.setTimeout(180_000);

/** The table of the month's work. */
const work = (page: Page): Locator => page.locator('section', { has: page.getByRole('heading', { name: /Sản phẩm, công việc/ }) });

test('reading, reporting and submitting work with scripts blocked', async ({ open }) => {
  const page = await open('officer', { javaScript: false });
  await page.goto(`/month?period=${period}`);
  const row = work(page).locator('tbody tr').first();
  const field = row.getByRole('textbox', { name: /^Số lượng hoàn thành/ });
  const report = row.getByRole('button', { name: 'Ghi', exact: true });

  // A refused report comes back in its row with what was typed.
  const stored = await field.inputValue();
  await field.fill('9999');
  await report.click();
  await expect(field).toHaveValue('9999');
  await expect(row.getByRole('alert')).not.toBeEmpty();
  await field.fill(stored);
  await report.click();
  await expect(row.getByRole('alert')).toBeEmpty();

  // The whole sheet is sent at once, and taken back.
  const sheet = page.locator('#self-assessment');
  for (const criterion of await sheet.getByRole('textbox', { name: /^I/ }).all()) await criterion.fill('2');
  await sheet.getByLabel('Ưu điểm').fill('Đúng hạn <b>mọi</b> việc.');
  await sheet.getByRole('button', { name: 'Gửi tự đánh giá' }).click();
  await expect(sheet.getByText('Đã gửi, chờ xác nhận')).toBeVisible();
  await sheet.getByRole('button', { name: 'Rút lại phiếu' }).click();
  await expect(sheet.getByLabel('Ưu điểm')).toHaveValue('Đúng hạn <b>mọi</b> việc.');
});

test('a month of work moves before the eyes of the others, from the assignment to the trace', async ({ open }) => {
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
  const product = (await row.getByRole('link').first().innerText()).trim();
  await row.getByRole('textbox', { name: /^Số lượng hoàn thành/ }).fill('1');
  await row.getByRole('button', { name: 'Ghi', exact: true }).click();
  await expect(volume).not.toHaveAttribute('aria-label', volumeBefore ?? '');
  await expect.poll(() => chart.innerText()).not.toBe(chartBefore);

  // He delivers.
  await row.getByRole('link').first().click();
  await expect(own).toHaveURL(/\/assignment\//);
  await hydrated(own);
  await own.getByLabel('Số lượng bàn giao').fill('1');
  await own.getByRole('button', { name: 'Bàn giao để nghiệm thu' }).click();
  await expect(own.getByText('Chờ nghiệm thu').first()).toBeVisible();

  // The head returns it for a major error; the officer's open page says why.
  await head.getByRole('link', { name: new RegExp(`^Nghiệm thu \\d+: ${officer}`) }).click();
  await expect(head).toHaveURL(/\/review\//);
  await hydrated(head);
  const waiting = head.getByRole('listitem').filter({ has: head.getByRole('link', { name: product }) });
  await waiting.getByText('Trả lại…').click();
  await waiting.getByLabel('Lý do trả lại: cần sửa gì').fill('Số liệu mục 2 sai nguồn.');
  await waiting.getByRole('button', { name: /sai sót lớn/ }).click();
  await expect(head.getByText(/bị trả lại vì sai sót lớn/).first()).toContainText('25');
  await expect(own.getByText('Lý do: Số liệu mục 2 sai nguồn.')).toBeVisible();

  // He delivers again, the head accepts everything that waits, and confirms the causes that were asked for.
  await own.getByLabel('Đã sửa những gì').fill('Đã đối chiếu lại nguồn.');
  await own.getByRole('button', { name: 'Bàn giao lại' }).click();
  await expect(own.getByText('Chờ nghiệm thu').first()).toBeVisible();
  await expect(waiting.getByRole('button', { name: /^Nghiệm thu/ })).toBeVisible();
  await acceptAll(head);

  // He assesses himself: every field saves itself, then the sheet is sent.
  await own.goto(`/month?period=${period}`);
  await hydrated(own);
  const sheet = own.locator('#self-assessment');
  for (const field of await sheet.getByRole('textbox', { name: /^I/ }).all()) await field.fill('2,5');
  await expect(sheet.locator('.save[data-state="saved"]')).toBeVisible();
  await sheet.getByRole('button', { name: 'Gửi tự đánh giá' }).click();
  await expect(sheet.getByText('Đã gửi, chờ xác nhận')).toBeVisible();

  // The head, whose page followed, confirms; the officer's page shows the conclusion and the trace its −25 %.
  const confirm = head.getByRole('button', { name: 'Ký xác nhận phiếu' });
  await expect(confirm).toBeVisible();
  await head.getByLabel('Mật khẩu của bạn, để ký').fill(password);
  await confirm.click();
  await expect(head.getByText(/xác nhận lúc/).first()).toBeVisible();
  await expect(own.getByText('Điểm đã xác nhận')).toBeVisible();
  const quality = own.locator('.month-part').filter({ hasText: 'Chất lượng' });
  await quality.getByText('Vì sao?').click();
  await expect(quality).toContainText('25');
  await expect(quality).toContainText(product);
});

/** Decides about everything that waits on the page of a review: deliveries first, then the causes asked for. */
async function acceptAll(head: Page): Promise<void> {
  for (const name of [/^Nghiệm thu: /, /^Xác nhận nguyên nhân/]) {
    const buttons = head.getByRole('button', { name });
    for (let left = await buttons.count(); left > 0; left -= 1) {
      await buttons.first().click();
      await expect(buttons).toHaveCount(left - 1);
    }
  }
}
