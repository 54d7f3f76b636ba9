// Papers: one person's Mẫu số 01 from its page, and a whole agency in the background, with its progress, until it is stopped.
import { expect, hydrated, test } from '../pages/test';

test('one sheet at once, the whole agency in the background, stopped on the way', async ({ open, watch }) => {
  watch.expected.push(/status of 4(03|22)/);
  test.setTimeout(90_000);
  const head = await open('head');
  await head.goto('/unit?period=2026-10');
  await head.locator('a[href^="/sheet/"], a[href^="/review/"]').first().click();
  const sheet = new URL(head.url()).pathname.replace('/review/', '/sheet/');
  await head.goto(`${sheet}?period=2026-10`);
  for (const [name, magic] of [['PDF', '%PDF'], ['DOCX', 'PK'], ['XLSX', 'PK']] as const) {
    const link = await head.getByRole('link', { name: `(${name})` }).first().getAttribute('href');
    const answer = await head.request.get(link ?? '');
    expect(answer.status(), name).toBe(200);
    expect((await answer.body()).subarray(0, magic.length).toString(), name).toBe(magic);
  }

  const office = await open('personnel');
  await office.goto('/report');
  await hydrated(office);
  const time = office.getByLabel('Tháng hoặc năm');
  const print = office.getByRole('button', { name: 'In', exact: true });
  await time.fill('2026-13');
  await print.click();
  await expect(office.getByRole('alert').filter({ hasText: 'Kỳ đánh giá không hợp lệ' })).toBeVisible();
  await expect(time).toHaveValue('2026-13');

  await time.fill('2026-10');
  await print.click();
  await expect(office.getByText('Đã đưa vào hàng chờ in.')).toBeVisible();
  const job = office.locator('.rows > li').first();
  // Nobody reloads: the progress and the end arrive by themselves, and the rest of the product answers meanwhile.
  await expect(job.getByText(/\d+ trên 2\d\d phiếu/)).toBeVisible({ timeout: 30_000 });
  expect((await head.goto('/compare?period=2026-10'))?.status()).toBe(200);
  expect((await head.goto('/report'))?.status(), 'not for a head').toBe(403);
  await job.getByRole('button', { name: 'Dừng' }).click();
  await expect(job.getByText('đã dừng', { exact: true })).toBeVisible();
});
