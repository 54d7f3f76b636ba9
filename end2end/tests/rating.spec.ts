// The yearly rating: the cap at work with a surplus, which the authority decides with reasons; a number opens to its why.
import { expect, hydrated, test } from '../pages/test';

test('the leader decides a surplus of the past year with a reason, and takes it back', async ({ open }) => {
  const leader = await open('leader');
  await leader.goto('/rating?year=2025');
  await hydrated(leader);
  const surplus = leader.locator('section', { has: leader.getByRole('heading', { name: 'Đề nghị xuất sắc vượt tỷ lệ' }) });
  const candidates = surplus.locator('.rating-candidate');
  const many = await candidates.count();
  expect(many).toBeGreaterThan(1);

  const last = candidates.filter({ has: leader.getByRole('button', { name: /^Xếp mức tốt/ }) }).last();
  const name = (await last.getByRole('link').textContent()) ?? '';
  const row = candidates.filter({ hasText: name });
  await row.getByLabel('Lý do').fill('Điểm trung bình thấp nhất trong nhóm, tập thể đã thống nhất tại cuộc họp');
  await row.getByRole('button', { name: /^Xếp mức tốt/ }).click();
  await expect(row.getByText('Xếp mức tốt', { exact: true })).toBeVisible();
  await row.getByText('Hủy lựa chọn…').click();
  await row.getByLabel('Lý do hủy').fill('Xem lại sau khi có ý kiến của cấp ủy');
  await row.getByRole('button', { name: /^Hủy lựa chọn/ }).click();
  await expect(row.getByRole('button', { name: /^Giữ xuất sắc/ })).toBeVisible();
  await expect(candidates).toHaveCount(many);
  await row.getByRole('link').click();
  await expect(leader).toHaveURL(/\/rating\/[0-9a-f-]+\?year=2025/);
  await expect(leader.getByRole('heading', { name })).toBeVisible();
});
