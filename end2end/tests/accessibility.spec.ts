// Every page of every role, at desktop and tablet size: axe finds nothing, nothing scrolls sideways.
import AxeBuilder from '@axe-core/playwright';
import type { Role } from '../pages/accounts';
import { expect, hydrated, test } from '../pages/test';

const pages: Record<Role, string[]> = {
  officer: ['/month', '/account', '/notifications', '/catalogue', '/organisation'],
  head: ['/unit', '/unit/assign', '/month', '/compare'],
  deputy: ['/unit', '/month'],
  leader: ['/compare', '/compare?view=table', '/unit'],
  personnel: ['/organisation', '/organisation/import', '/catalogue', '/catalogue/import', '/audit'],
  administrator: ['/accounts', '/audit', '/organisation'],
};

const sizes = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'tablet', width: 1180, height: 820 },
  { name: 'phone', width: 390, height: 844 },
];

for (const [role, paths] of Object.entries(pages) as [Role, string[]][]) {
  for (const { name, ...viewport } of sizes) {
    test(`${role}, ${name}`, async ({ open }) => {
      const page = await open(role, { viewport });
      for (const path of paths) {
        await page.goto(path);
        await hydrated(page);
        const found = await new AxeBuilder({ page }).analyze();
        const violations = found.violations.map((one) => `${path}: ${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
        expect(violations, `${path} at ${name}`).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, `${path} at ${name} does not scroll sideways`).toBeLessThanOrEqual(viewport.width);
      }
    });
  }
}

test('the sign-in page', async ({ page }) => {
  await page.goto('/sign-in');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
