// The first start of an empty database: the one-time link, the first administrator, the first unit and person.
import AxeBuilder from '@axe-core/playwright';
import { start } from '../pages/server';
import { expect, test } from '../pages/test';

test('the printed link makes the agency once, and leads to its first people', async ({ page, watch, baseURL }) => {
  watch.expected.push(/422/);
  const url = new URL(baseURL ?? '');
  url.port = String(Number(url.port) + 1);
  const server = await start(url.origin, 'setup', []);
  try {
    watch.host(url.host);
    const link = /http\S+\/setup\/[0-9a-f]+/.exec(server.log())?.[0] ?? '';
    await page.goto(link);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByLabel('Tên cơ quan').fill('Ban Dân vận <b>&');
    await page.getByLabel('Mã cơ quan').fill('BDV');
    await page.getByLabel('Tên tài khoản quản trị').fill('quantri');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('ba con mèo ngủ trưa');
    await page.getByLabel('Nhập lại mật khẩu').fill('ba con mèo ngủ say');
    await page.getByRole('button', { name: 'Tạo cơ quan' }).click();
    await expect(page.getByRole('alert')).toContainText('không giống nhau');
    await expect(page.getByLabel('Tên cơ quan')).toHaveValue('Ban Dân vận <b>&');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('ba con mèo ngủ trưa');
    await page.getByLabel('Nhập lại mật khẩu').fill('ba con mèo ngủ trưa');
    await page.getByRole('button', { name: 'Tạo cơ quan' }).click();

    // The first steps name what comes next; a unit and its first person are made by hand.
    await expect(page).toHaveURL(/\/organisation\?first=1/);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await expect(page.locator('a[href="/organisation/import"]').first()).toBeVisible();
    await expect(page.locator('a[href="/catalogue/import"]').first()).toBeVisible();
    await page.getByText(/^Sửa đơn vị/).click();
    await page.getByLabel('Mã đơn vị trực thuộc').fill('VP');
    await page.getByLabel('Tên đơn vị trực thuộc').fill('Văn phòng');
    await page.getByRole('button', { name: 'Thêm đơn vị trực thuộc' }).click();
    await page.getByRole('link', { name: 'Văn phòng' }).click();
    await page.getByText(/^Thêm công chức vào/).click();
    await page.getByLabel('Mã công chức').fill('CB01');
    await page.getByLabel('Họ và tên').fill('Nguyễn Phước Công Tằng Tôn Nữ Thị Hoàng Anh');
    await page.getByLabel('Chức danh').fill('Chánh Văn phòng');
    await page.getByLabel('Từ ngày').fill('2026-01-01');
    await page.getByRole('button', { name: 'Thêm công chức' }).click();
    await expect(page.getByRole('link', { name: /Hoàng Anh/ })).toBeVisible();

    await page.goto(link);
    await expect(page.getByText('Đường dẫn này không còn dùng được.')).toBeVisible();
  } finally {
    // The page must not look for a server that is gone.
    await page.goto('about:blank');
    await server.stop();
  }
});
