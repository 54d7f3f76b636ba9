// The personnel office makes rules of its own, tries them on past months, another account approves them, and the next
// month follows them while the past ones keep theirs.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../pages/test';

const NAME = 'Quy chế theo dõi, đánh giá công chức của Ban Chính sách và Phát triển, sửa đổi lần thứ nhất';

async function accessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'no sideways scroll').toBeLessThanOrEqual(0);
}

test('rules are copied, changed, tried on three past months, approved by another, and score the next month', async ({ open, watch }) => {
  watch.expected.push(/422/);
  const personnel = await open('personnel');
  await personnel.goto('/rule-set');
  await accessible(personnel);
  await expect(personnel.getByRole('row', { name: /Nghị định 335\/2025\/NĐ-CP.*Đang áp dụng/ })).toBeVisible();
  await personnel.getByLabel('Sao chép từ').selectOption('nd-335-2025');
  await personnel.getByLabel('Tên bộ quy tắc mới').fill(NAME);
  await personnel.getByRole('button', { name: 'Sao chép' }).click();
  await expect(personnel).toHaveURL(/\/rule-set\/quy-tac-\d+/);
  const address = new URL(personnel.url()).pathname;

  // A weight that does not fit the others is refused at its field, and nothing typed is lost.
  const staff = personnel.getByRole('group', { name: 'Trọng số: không giữ chức vụ' });
  const weight = (part: string) => personnel.locator(`[id="staff_weights.${part}"]`);
  await expect(staff).toBeVisible();
  await weight('quantity').fill('20');
  await weight('quality').fill('32');
  await personnel.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await expect(personnel.getByText(/Trọng số phải bằng nhau, hoặc cộng lại bằng 100/).first()).toBeVisible();
  await expect(weight('quality')).toHaveValue('32');
  await weight('progress').fill('18');
  await personnel.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await expect(personnel.getByText('Còn 3 mục khác NĐ 335 chưa nêu lý do.')).toBeVisible();
  for (const part of ['quantity', 'quality', 'progress']) {
    await personnel.locator(`[id="staff_weights.${part}-reason"]`).fill('Đề án vị trí việc làm của cơ quan');
  }
  await personnel.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await expect(personnel.getByText('chưa nêu lý do')).toHaveCount(0);
  await accessible(personnel);

  // "Tháng trước sẽ ra sao?": three closed months, as stored and under the draft.
  await personnel.getByRole('link', { name: 'Thử với các tháng đã qua' }).click();
  const months = personnel.locator('[data-period]');
  await expect(months).toHaveCount(3);
  for (const month of await months.all()) {
    await expect(month.locator('[data-figure=before]')).toHaveText(/^\d{2}(,\d+)?$/);
    await expect(month.locator('[data-figure=after]')).toHaveText(/^\d{2}(,\d+)?$/);
    await expect(month.getByText(/^[1-9]\d* người đổi điểm$/)).toBeVisible();
  }
  await accessible(personnel);
  const stored = await months.first().locator('[data-figure=before]').textContent();

  // Its author may not approve it; the authority does, from the first month without a sheet.
  await personnel.goto(address);
  await expect(personnel.getByRole('button', { name: 'Phê duyệt' })).toHaveCount(0);
  const leader = await open('leader');
  await leader.goto(address);
  await accessible(leader);
  await expect(leader.getByText('khác NĐ 335').first()).toBeVisible();
  await expect(leader.getByLabel('Áp dụng từ')).toHaveValue('2026-12');
  await leader.getByLabel('Số quyết định ban hành').fill('335-QĐ/BCSPT');
  await leader.getByRole('button', { name: 'Phê duyệt' }).click();
  await expect(leader.getByText('Sắp áp dụng')).toBeVisible();
  await expect(leader.getByText('từ 01/12/2026')).toBeVisible();

  // The next month follows it …
  const head = await open('head');
  await head.goto('/unit/assign?period=2026-12');
  const officer = await open('officer');
  const name = (await officer.locator('.rail-me b').textContent()) ?? '';
  await head.getByLabel(new RegExp(name)).check();
  await head.getByLabel('Sản phẩm, công việc trong danh mục').selectOption({ index: 1 });
  await head.getByLabel('Số lượng cho mỗi người').fill('2');
  await head.getByLabel('Hạn hoàn thành').fill('2026-12-18');
  await head.getByRole('button', { name: 'Giao việc' }).click();
  await officer.goto('/month?period=2026-12');
  await expect(officer.getByRole('link', { name: NAME })).toBeVisible();
  // … and past ones keep theirs: their rules, and their scores.
  for (const month of ['2026-10', '2026-09']) {
    await officer.goto(`/month?period=${month}`);
    await expect(officer.getByRole('link', { name: 'Nghị định 335/2025/NĐ-CP' })).toBeVisible();
  }
  await personnel.goto(`${address}/trial`);
  await expect(personnel.locator('[data-period]').first().locator('[data-figure=before]')).toHaveText(stored ?? '');
});
