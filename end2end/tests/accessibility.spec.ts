// Every page of every role, at desktop and tablet size: axe finds nothing, nothing scrolls sideways.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Role } from '../pages/accounts';
import { expect, hydrated, test } from '../pages/test';

const pages: Record<Role, string[]> = {
  officer: [
    '/',
    '/month',
    '/account',
    '/notifications',
    '/catalogue',
    '/organisation',
    '/rule-set/nd-335-2025',
    '/indicators',
    '/record',
    '/petition',
    '/publication/2025',
    '/year-sheet/2025',
  ],
  head: [
    '/',
    '/unit',
    '/unit/assign',
    '/month',
    '/compare',
    '/unit-kpi?year=2025',
    '/rating?year=2025',
    '/review',
    '/review/delegation',
    '/meeting',
  ],
  deputy: ['/unit', '/month'],
  leader: [
    '/',
    '/compare',
    '/compare?view=table',
    '/unit',
    '/rating?year=2025',
    '/unit-kpi?year=2025',
    '/rule-set/compare?one=nd-335-2025&other=ban-cscl-2025',
    '/year-process/2025',
    '/petition',
  ],
  personnel: [
    '/',
    '/organisation',
    '/organisation/import',
    '/catalogue',
    '/catalogue/import',
    '/audit',
    '/rating?year=2025',
    '/rule-set',
    '/rule-set/nd-335-2025-component/trial',
    '/replay',
    '/period',
    '/period/holidays',
    '/year-process/2025',
    '/export',
    '/report',
  ],
  administrator: ['/', '/accounts', '/audit', '/organisation', '/replay'],
};

const sizes = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'tablet', width: 1180, height: 820 },
  { name: 'phone', width: 390, height: 844 },
];

/** Axe finds nothing on the page that is shown, and it does not scroll sideways. */
async function sound(page: Page, where: string): Promise<void> {
  await hydrated(page);
  const found = await new AxeBuilder({ page }).analyze();
  const violations = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
  expect(violations, where).toEqual([]);
  const heading = await page.locator('main h1').first().evaluate((h1) => h1.getBoundingClientRect().width);
  expect(heading, `${where}: nothing squeezes the heading`).toBeGreaterThan(200);
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(wide, `${where} does not scroll sideways`).toBeLessThanOrEqual(seen ?? 0);
}

for (const [role, paths] of Object.entries(pages) as [Role, string[]][]) {
  for (const { name, ...viewport } of sizes) {
    test(`${role}, ${name}`, async ({ open }) => {
      const page = await open(role, { viewport });
      for (const path of paths) {
        await page.goto(path);
        await sound(page, `${path} at ${name}`);
      }
    });
  }
}

for (const { name, ...viewport } of sizes) {
  test(`what the head opens from the unit, ${name}`, async ({ open }) => {
    const page = await open('head', { viewport });
    const follow = async (link: string | RegExp, address: RegExp): Promise<void> => {
      await page.getByRole('link', { name: link }).first().click();
      await expect(page).toHaveURL(address);
      await sound(page, `${page.url()} at ${name}`);
    };
    await page.goto('/unit?view=cards');
    await sound(page, `cards at ${name}`);
    await follow('Mở họp đánh giá', /\/review\//);
    await page.getByText('Trả lại…').first().click();
    await sound(page, `an opened decision at ${name}`);
    await follow('Phiếu Mẫu số 01', /\/sheet\//);
    await page.goBack();
    await follow('Xem công việc', /\/month\//);
    await follow(/minh chứng/, /\/assignment\//);
    await follow('Chuyển giao cho người khác', /\/hand-over/);
  });
}

test('the sign-in page', async ({ page }) => {
  await page.goto('/sign-in');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('an address that does not exist', async ({ page, watch }) => {
  watch.expected.push(/404/);
  await page.goto('/khong-co');
  await expect(page.getByRole('heading', { name: 'Không tìm thấy trang này' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('link', { name: 'Về trang đầu' }).click();
  await expect(page).toHaveURL(/sign-in/);
});
