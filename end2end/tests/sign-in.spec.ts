// Signing in and out, with and without scripts.
import { logins, password } from '../pages/accounts';
import { expect, test } from '../pages/test';

test('a wrong password is refused, the typed account kept, and the right one opens the first page', async ({ page }) => {
  await page.goto('/month');
  await expect(page).toHaveURL(/sign-in/);
  await page.getByLabel('Tên tài khoản').fill(logins.officer);
  await page.getByLabel('Mật khẩu').fill('không phải mật khẩu này');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('alert')).toContainText('không đúng');
  await expect(page.getByLabel('Tên tài khoản')).toHaveValue(logins.officer);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tháng của tôi');
});

test('signing out ends the session', async ({ open }) => {
  const page = await open('officer');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Đăng xuất', exact: true }).first().click();
  await expect(page).toHaveURL(/sign-in/);
  await page.goto('/month');
  await expect(page).toHaveURL(/sign-in/);
});

test('signing in works without scripts', async ({ open }) => {
  const page = await open('head', { javaScript: false });
  await page.goto('/month');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
