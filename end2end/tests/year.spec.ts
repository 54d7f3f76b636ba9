// The past year of one department, from Mẫu số 02 to a decision that replaces another, every step by its role; the rest
// of the agency has its decisions already, but for those who wait for the choice in a surplus.
import type { Page } from '@playwright/test';
import { expect, hydrated, test } from '../pages/test';
import { password } from '../pages/accounts';

const year = 2025;
const officer = 'Nguyễn Thu Hà';
const unit = 'Vụ Kinh tế tổng hợp';
const process = `/year-process/${year}`;

test.setTimeout(240_000);

/** The list of one unit. */
async function list(page: Page, step = ''): Promise<void> {
  await page.goto(process);
  const chosen = await page.getByLabel('Đơn vị', { exact: true }).locator('option', { hasText: unit }).getAttribute('value');
  await page.goto(`${process}?unit=${chosen}&step=${step}`);
  await hydrated(page);
}

const row = (page: Page, name: string) => page.locator('.year-people > li').filter({ has: page.getByRole('link', { name, exact: true }) });

test('a year goes from Mẫu số 02 to publication, a petition is granted and the decision replaced', async ({ open, watch }) => {
  watch.expected.push(/status of 4(03|04|22)/);
  const own = await open('officer');
  const personnel = await open('personnel');
  const leader = await open('leader');
  const unitHead = await open('head');

  // Wrong roles find the doors closed.
  for (const page of [own, unitHead]) {
    const answer = await page.goto(process);
    expect(answer?.status()).toBe(403);
  }

  // Mẫu số 02.
  await own.goto(`/year-sheet/${year}`);
  await hydrated(own);
  await own.getByLabel('Hoàn thành tốt nhiệm vụ').check();
  await own.getByLabel(/^Tự nhận xét/).fill('Hoàn thành các nhiệm vụ được giao; còn chậm một báo cáo.');
  await own.getByRole('button', { name: 'Gửi phiếu xếp loại' }).click();
  await expect(own.getByText('Đã gửi phiếu').first()).toBeVisible();

  // Minutes of the meeting.
  await list(personnel);
  await personnel.getByText(/^Biên bản họp nhận xét/).click();
  await personnel.getByLabel('Đơn vị họp').selectOption({ label: await label(personnel) });
  await personnel.getByLabel('Số biên bản').fill('31-BB/KTTH');
  await personnel.getByLabel('Ngày họp').fill(`${year}-12-05`);
  await personnel.getByLabel('Tóm tắt ý kiến tại cuộc họp').fill('Tập thể nhất trí với các bản tự đánh giá.');
  await personnel.getByRole('button', { name: 'Ghi biên bản', exact: true }).click();
  await expect(row(personnel, officer).getByText('Chờ tổ chức cán bộ đề xuất mức')).toBeVisible();

  // The Party committee on the head and his deputies.
  const waiting = personnel.locator('.year-people > li').filter({ hasText: 'Chờ ý kiến cấp ủy' });
  await list(personnel, 'met');
  for (let left = await waiting.count(); left > 0; left -= 1) {
    const one = waiting.first();
    await one.getByText('Ghi ý kiến cấp ủy…').click();
    await one.getByLabel('Ý kiến nhận xét của cấp ủy').fill('Nhất trí với nhận xét của cuộc họp.');
    await one.getByLabel('Số văn bản').fill('12-NX/CU');
    await one.getByLabel('Ngày văn bản').fill(`${year}-12-08`);
    await one.getByRole('button', { name: 'Ghi ý kiến cấp ủy' }).click();
    await expect(waiting).toHaveCount(left - 1);
  }

  // One proposal below the computed level, with its reason; the others follow it.
  const hers = row(personnel, officer);
  await hers.getByText('Đề xuất mức…').click();
  await hers.getByLabel('Mức đề xuất').selectOption('completed');
  await hers.getByRole('button', { name: 'Đề xuất mức' }).click();
  await expect(hers.getByRole('alert').first()).toContainText('hãy ghi lý do');
  await hers.getByLabel('Mức đề xuất').selectOption('completed');
  await hers.getByLabel(/^Lý do, khi khác/).fill('Chậm báo cáo quý, đang xem xét nguyên nhân');
  await hers.getByRole('button', { name: 'Đề xuất mức' }).click();
  await expect(hers).toHaveCount(0);
  await personnel.getByRole('button', { name: /^Đề xuất theo mức tính cho/ }).click();
  await expect(personnel.getByRole('button', { name: /^Đề xuất theo mức tính cho/ })).toHaveCount(0);

  // The leader decides the surplus with reasons, until the places suffice.
  await leader.goto(`/rating?year=${year}`);
  await hydrated(leader);
  for (const group of ['Lãnh đạo Ban', 'Tham mưu chính sách']) {
    const block = leader.locator('section[aria-labelledby="candidates"] .stack').filter({ has: leader.getByRole('heading', { name: group }) }).last();
    const good = block.getByRole('button', { name: /^Xếp mức tốt/ });
    for (let left = await good.count(); left > 0 && (await block.getByText(/^vượt/).count()) > 0; left -= 1) {
      const candidate = block.locator('.rating-candidate').filter({ has: leader.getByRole('button', { name: /^Xếp mức tốt/ }) }).last();
      await candidate.getByLabel('Lý do').fill('Điểm trung bình thấp hơn những người được giữ trong cùng nhóm');
      await candidate.getByRole('button', { name: /^Xếp mức tốt/ }).click();
      await expect(good).toHaveCount(left - 1);
    }
  }

  // Nothing is public before it is signed; signing asks for the password.
  await own.goto(`/publication/${year}`);
  await expect(own.getByRole('main').getByText(officer)).toHaveCount(0);
  await leader.goto(process);
  await hydrated(leader);
  await leader.getByLabel('Số quyết định').fill('430-QĐ/BCSPT');
  await leader.getByLabel('Ngày quyết định').fill(`${year}-12-20`);
  await leader.getByLabel(/^Mật khẩu/).fill('sai');
  await leader.getByRole('button', { name: /^Ký quyết định mức/ }).click();
  await expect(leader.getByText('Mật khẩu không đúng nên chưa ký gì cả.').first()).toBeVisible();
  await leader.getByLabel('Số quyết định').fill('430-QĐ/BCSPT');
  await leader.getByLabel('Ngày quyết định').fill(`${year}-12-20`);
  await leader.getByLabel(/^Mật khẩu/).fill(password);
  await leader.getByRole('button', { name: /^Ký quyết định mức/ }).click();
  await expect(leader.getByRole('heading', { name: /^Thông báo, công khai/ })).toBeVisible();

  // Notice and publication.
  await personnel.goto(process);
  await hydrated(personnel);
  await personnel.getByRole('button', { name: /^Thông báo và công khai/ }).click();
  await expect(personnel.getByRole('button', { name: /^Thông báo và công khai/ })).toHaveCount(0);
  await unitHead.goto(`/publication/${year}`);
  await expect(unitHead.getByText(/chỉ mức xếp loại/)).toBeVisible();

  await own.goto('/notifications');
  await own.getByRole('link', { name: /^Kết quả xếp loại năm/ }).first().click();
  await expect(own).toHaveURL(/\/decision\//);
  await hydrated(own);
  await expect(own.getByText('Hoàn thành nhiệm vụ', { exact: true }).first()).toBeVisible();
  const first = own.url();

  // A colleague finds nothing there.
  const colleague = await open('deputy');
  expect((await colleague.goto(first))?.status()).toBe(404);

  // A petition, granted; the decision is replaced and both are shown.
  await own.getByRole('link', { name: 'Gửi kiến nghị về quyết định này' }).click();
  await hydrated(own);
  await own.getByLabel(/^Nội dung: kết quả đúng/).fill('Báo cáo quý chậm do cơ quan phối hợp gửi số liệu muộn, đã có xác nhận.');
  await own.getByRole('button', { name: 'Gửi kiến nghị' }).click();
  await expect(own).toHaveURL(/\/petition\/[0-9a-f-]+$/);
  const petition = own.url();
  expect((await colleague.goto(petition))?.status()).toBe(404);

  await leader.goto(petition);
  await hydrated(leader);
  await expect(leader.getByText(/còn \d+ ngày làm việc/)).toBeVisible();
  await leader.getByLabel('Chấp nhận', { exact: true }).check();
  await leader.getByLabel('Nội dung trả lời, lý do').fill('Xác nhận nguyên nhân khách quan; xếp loại theo đúng điểm của năm.');
  await leader.getByLabel('Mức mới').selectOption('good');
  await leader.getByLabel('Số quyết định thay thế').fill('441-QĐ/BCSPT');
  await leader.getByLabel(/^Mật khẩu/).fill(password);
  await leader.getByRole('button', { name: 'Ký trả lời' }).click();
  await expect(leader.getByRole('link', { name: /^Quyết định thay thế/ })).toBeVisible();

  await own.reload();
  await own.getByRole('link', { name: /^Quyết định thay thế/ }).click();
  await expect(own).toHaveURL(/\/decision\//);
  await expect(own.getByText('Hoàn thành tốt nhiệm vụ', { exact: true }).first()).toBeVisible();
  const chain = own.locator('section', { has: own.getByRole('heading', { name: 'Các quyết định về năm này' }) });
  await expect(chain.getByRole('listitem')).toHaveCount(2);
  await own.goto(first);
  await expect(own.getByText('Quyết định này đã có quyết định thay thế.')).toBeVisible();
});

/** The words of the unit in the form of the minutes: they count its people. */
async function label(page: Page): Promise<string> {
  return (await page.getByLabel('Đơn vị họp').locator('option', { hasText: unit }).textContent()) ?? '';
}
