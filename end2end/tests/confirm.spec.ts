// The head of 24 people confirms a month: four ask for a look of their own, twenty are accepted in one go, one password
// signs. Every pointer-down and key-down is counted in the page. The server is one of its own, on a day on which
// everybody has sent the month before and nobody is confirmed.
import { type Page, expect } from '@playwright/test';
import { password } from '../pages/accounts';
import { type Running, start } from '../pages/server';
import { hydrated, test } from '../pages/test';

const url = 'http://127.0.0.1:3118';
const period = '2026-10';
/** Taps and keys, every key of the password among them. */
const most = 40;

test.describe.configure({ mode: 'serial' });
test.setTimeout(240_000);

let server: Running;

test.beforeAll(async () => {
  const today = process.env['CONGTAM_TODAY'];
  process.env['CONGTAM_TODAY'] = '2026-11-03';
  try {
    server = await start(url, 'confirm', ['--demo']);
  } finally {
    process.env['CONGTAM_TODAY'] = today;
  }
});

test.afterAll(async () => {
  await server.stop();
});

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Tên tài khoản').fill(login);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Signs in as the head of the 24 and counts from then on. */
async function atQueue(page: Page): Promise<void> {
  await signIn(page, 'vutruong');
  await page.goto(`${url}/review?period=${period}`);
  await hydrated(page);
  await page.evaluate(() => {
    const counted = window as unknown as { acts: number };
    counted.acts = 0;
    for (const kind of ['pointerdown', 'keydown']) {
      window.addEventListener(kind, () => (counted.acts += 1), { capture: true });
    }
  });
}

const acts = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { acts: number }).acts);

test('by keyboard and finger: four are looked at, twenty accepted, one signature', async ({ page, watch }) => {
  watch.host(new URL(url).host);
  await atQueue(page);
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
});

test('what the head signed is announced by the personnel office, to his unit first, and by nobody else', async ({ browser, page, watch }) => {
  watch.host(new URL(url).host);
  watch.expected.push(/403/);
  await signIn(page, 'vutruong');
  expect((await page.goto(`${url}/period?period=${period}`))?.status()).toBe(403);

  const context = await browser.newContext({ locale: 'vi-VN' });
  watch.watch(context, new URL(url).host);
  const personnel = await context.newPage();
  await signIn(personnel, 'tochuc');
  await personnel.goto(`${url}/period?period=${period}`);
  await hydrated(personnel);
  const choose = async (): Promise<void> => {
    const units = personnel.getByLabel('Công bố cho');
    const own = units.locator('option').filter({ hasText: 'Vụ Phát triển vùng và địa phương' });
    await units.selectOption((await own.textContent()) ?? '');
  };
  await personnel.getByRole('button', { name: 'Chuyển sang xác nhận' }).click();
  await expect(personnel.getByRole('status').filter({ hasText: 'Đã chuyển bước.' })).toBeVisible();
  await choose();
  const reason = personnel.getByLabel('Lý do chưa công bố');
  // Without one, whoever is not confirmed (the head himself) is named and nothing is announced.
  await personnel.getByRole('button', { name: 'Công bố', exact: true }).click();
  await expect(personnel.getByRole('alert').filter({ hasText: 'lý do' })).toBeVisible();
  await reason.fill('Chờ Trưởng ban xác nhận');
  await choose();
  await personnel.getByRole('button', { name: 'Công bố', exact: true }).click();
  await expect(personnel.getByRole('status').filter({ hasText: 'Đã công bố.' })).toBeVisible();
  await context.close();

  await page.goto(`${url}/review?period=${period}`);
  await expect(page.getByText('Đã xác nhận (24)')).toBeVisible();
});
