// A month of a unit of 24 people in one sitting, in as many browsers: everybody assesses himself and sends, the head
// confirms (four ask for a look of their own, twenty are accepted in one go, one password signs), the personnel office
// signs the announcement, everybody reads his result. The server is one of its own, on the first day after the month.
// Every pointer-down and key-down of the head is counted in the page.
import { type Browser, type Page, expect } from '@playwright/test';
import { password } from '../pages/accounts';
import { type Running, start } from '../pages/server';
import { hydrated, test } from '../pages/test';

const url = 'http://127.0.0.1:3138';
const host = new URL(url).host;
const period = '2026-10';
const unit = 'Vụ Phát triển vùng và địa phương';
/** Logins of its people but the head. */
const people = Array.from({ length: 24 }, (_, at) => `vung${String(at + 1).padStart(2, '0')}`);
/** Taps and keys of the head, every key of the password among them. */
const most = 40;

test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

let server: Running;

test.beforeAll(async () => {
  const today = process.env['CONGTAM_TODAY'];
  process.env['CONGTAM_TODAY'] = '2026-11-01';
  try {
    server = await start(url, 'month', ['--demo']);
  } finally {
    process.env['CONGTAM_TODAY'] = today;
  }
});

test.afterAll(async () => {
  await server.stop();
});

type Watched = { watch: (context: Awaited<ReturnType<Browser['newContext']>>, host: string) => void };

/** A page of a browser of its own, signed in. */
async function open(browser: Browser, watch: Watched, login: string, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', javaScriptEnabled });
  watch.watch(context, host);
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Tên tài khoản').fill(login);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  return page;
}

test('24 people assess themselves, with and without scripts', async ({ browser, watch }) => {
  watch.expected.push(/403/);
  const sends = async (login: string, at: number): Promise<void> => {
    // Every sixth browser runs no script at all.
    const scripts = at % 6 !== 5;
    const page = await open(browser, watch, login, scripts);
    await page.goto(`/month?period=${period}`);
    if (scripts) await hydrated(page);
    await page.getByLabel('Ưu điểm').fill(`Tháng này tôi hoàn thành việc được giao (${login}).`);
    await page.getByRole('button', { name: 'Gửi tự đánh giá' }).click();
    await expect(page.getByText('Đã gửi, chờ xác nhận')).toBeVisible();
    if (at === 0) {
      // Nobody confirms himself or others without being their superior, and an officer opens no month.
      await page.goto(`/review?period=${period}`);
      await expect(page.getByRole('button', { name: /Chấp nhận tất cả/ })).toHaveCount(0);
      expect((await page.goto(`/period?period=${period}`))?.status()).toBe(403);
    }
    await page.context().close();
  };
  for (let at = 0; at < people.length; at += 4) {
    await Promise.all(people.slice(at, at + 4).map((login, place) => sends(login, at + place)));
  }
});

test('the head accepts what was delivered on the last day', async ({ browser, watch }) => {
  const page = await open(browser, watch, 'vutruong');
  await page.goto(`/review?period=${period}`);
  await hydrated(page);
  const waiting = page.locator('.queue-row').filter({ hasText: /việc chờ bạn quyết định trước/ });
  for (let left = await waiting.count(); left > 0; left -= 1) {
    await page.goto(`/review?period=${period}`);
    await hydrated(page);
    const link = waiting.first().locator('a[href^="/review/"]').first();
    await page.goto((await link.getAttribute('href')) ?? '');
    await hydrated(page);
    const accept = page.getByRole('button', { name: /^(Nghiệm thu: |Xác nhận nguyên nhân)/ });
    for (let more = await accept.count(); more > 0; more -= 1) {
      await accept.first().click();
      await expect(accept).toHaveCount(more - 1);
    }
  }
  await page.goto(`/review?period=${period}`);
  await expect(waiting).toHaveCount(0);
  await page.context().close();
});

/** Signs in as the head of the 24 and counts from then on. */
async function atQueue(browser: Browser, watch: Watched): Promise<Page> {
  const page = await open(browser, watch, 'vutruong');
  await page.goto(`/review?period=${period}`);
  await hydrated(page);
  await page.evaluate(() => {
    const counted = window as unknown as { acts: number };
    counted.acts = 0;
    for (const kind of ['pointerdown', 'keydown']) {
      window.addEventListener(kind, () => (counted.acts += 1), { capture: true });
    }
  });
  return page;
}

const acts = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { acts: number }).acts);

test('by keyboard and finger: four are looked at, twenty accepted, one signature', async ({ browser, watch }) => {
  const page = await atQueue(browser, watch);
  const look = page.locator('section[aria-labelledby="look"] .queue-row');
  const calm = page.locator('section[aria-labelledby="calm"] .queue-row');
  await expect(look).toHaveCount(4);
  await expect(calm).toHaveCount(20);
  for (const row of await look.all()) await expect(row.locator('.queue-why li').first()).toBeVisible();

  for (let at = 0; at < 4; at += 1) {
    const row = look.nth(at);
    await row.locator('summary').first().click();
    const organising = row.getByRole('group', { name: /^đ\./ });
    if ((await organising.count()) > 0) {
      const share = organising.locator('.picks').first();
      if ((await share.locator('input:checked').count()) === 0) await share.getByText('100 %').click();
      const grounds = organising.locator('.queue-reasons');
      if ((await grounds.locator('input:checked').count()) === 0) await grounds.locator('label').first().click();
    }
    await row.locator('[data-accept]').click();
    await expect(row.getByText('✓ đã đánh dấu')).toBeVisible();
  }
  await page.getByRole('button', { name: 'Chấp nhận tất cả 20 người bình thường' }).click();
  await expect(page.getByText('Ký xác nhận 24 phiếu')).toBeVisible();
  await page.getByLabel('Mật khẩu của bạn, để ký').click();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Không còn phiếu nào chờ xác nhận trong tháng này.')).toBeVisible();
  await expect(page.getByText('Đã xác nhận (24)')).toBeVisible();
  const counted = await acts(page);
  console.log(`the head of 24 took ${counted} taps and keys, ${password.length} of them the password`);
  expect(counted).toBeLessThanOrEqual(most);
  await page.context().close();
});

test('what the head signed is announced by the personnel office under a signature, and by nobody else', async ({ browser, watch }) => {
  watch.expected.push(/403/);
  const head = await open(browser, watch, 'vutruong');
  expect((await head.goto(`/period?period=${period}`))?.status()).toBe(403);

  const personnel = await open(browser, watch, 'tochuc');
  await personnel.goto(`/period?period=${period}`);
  await hydrated(personnel);
  const announce = personnel.getByRole('button', { name: 'Ký và công bố' });
  const choose = async (): Promise<void> => {
    const units = personnel.getByLabel('Công bố cho');
    const own = units.locator('option').filter({ hasText: unit });
    await units.selectOption((await own.textContent()) ?? '');
  };
  const sign = personnel.getByLabel('Mật khẩu của bạn, để ký');
  await personnel.getByRole('button', { name: 'Chuyển sang xác nhận' }).click();
  await expect(personnel.getByRole('status').filter({ hasText: 'Đã chuyển bước.' })).toBeVisible();
  await choose();
  const reason = personnel.getByLabel('Lý do chưa công bố');
  // Without one, whoever is not confirmed (the head himself) is named and nothing is announced.
  await sign.fill(password);
  await announce.click();
  await expect(personnel.getByRole('alert').filter({ hasText: 'lý do' })).toBeVisible();
  await reason.fill('Chờ Trưởng ban xác nhận');
  await choose();
  await sign.fill('không phải mật khẩu');
  await announce.click();
  await expect(personnel.getByRole('alert').filter({ hasText: 'Mật khẩu không đúng' })).toBeVisible();
  await choose();
  await sign.fill(password);
  await announce.click();
  await expect(personnel.getByRole('status').filter({ hasText: 'Đã công bố.' })).toBeVisible();
  const signed = personnel.getByRole('region', { name: 'Các lần công bố đã ký' });
  await expect(signed.getByText(`Thông báo kết quả tháng · ${unit}`)).toBeVisible();
  await personnel.context().close();

  await head.goto(`/review?period=${period}`);
  await expect(head.getByText('Đã xác nhận (24)')).toBeVisible();
  await head.context().close();

  const officer = await open(browser, watch, people[4] ?? '');
  await officer.goto('/notifications');
  await officer.getByRole('link', { name: /đã được công bố/ }).first().click();
  await expect(officer.getByText('Bản 1')).toBeVisible();
  await expect(officer.getByRole('region', { name: 'Công bố kết quả' }).getByText(unit)).toBeVisible();
  await expect(officer.getByRole('link', { name: /kiến nghị/i }).first()).toBeVisible();
  await officer.context().close();
});
