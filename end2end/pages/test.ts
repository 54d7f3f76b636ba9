// The test of every spec: a server of the worker's own; no console error, no policy violation, no request to another host.
import { type Browser, type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { type Role, logins, password } from './accounts';
import { start } from './server';

export { expect };

/** What went wrong in a browser without the test looking at it. */
class Watch {
  readonly found: string[] = [];

  /** Messages that a test expects, such as the status of a refused form. */
  readonly expected: RegExp[] = [];

  /** Hosts that a page may ask. */
  private readonly hosts: string[] = [];

  /** Another server of the test's own. */
  host(host: string): void {
    this.hosts.push(host);
  }

  watch(context: BrowserContext, host: string): void {
    this.host(host);
    context.on('console', (message) => {
      if (message.type() === 'error') this.note(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => this.note(`page error: ${error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && !this.hosts.includes(url.host)) this.note(`request to ${request.url()}`);
    });
  }

  private note(text: string): void {
    this.found.push(text);
  }

  unexpected(): string[] {
    return this.found.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
  }
}

type Shared = {
  /** Address of the worker's server, which begins with a fresh demo agency. */
  server: string;
};

/** Port of the first worker's server; those of the next ones follow in tens, for tests with a second server of their own. */
const port = Number(process.env['CONGTAM_E2E_PORT'] ?? '3117');

type Fixtures = {
  watch: Watch;
  /** A signed-in page of its own browser context; `javaScript: false` blocks WASM and scripts. */
  open: (role: Role, options?: { javaScript?: boolean; viewport?: { width: number; height: number } }) => Promise<Page>;
};

export const test = base.extend<Fixtures, Shared>({
  server: [
    async ({}, use, worker) => {
      const url = `http://127.0.0.1:${port + 10 * worker.parallelIndex}`;
      const { stop } = await start(url, `server-${worker.workerIndex}`, ['--demo']);
      await use(url);
      await stop();
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  baseURL: async ({ server }, use) => use(server),
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = new Watch();
      watch.watch(context, new URL(baseURL ?? '').host);
      await use(watch);
      expect(watch.unexpected(), 'nothing goes wrong unseen').toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ browser, baseURL, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role, options = {}) => {
      const context = await newContext(browser, baseURL ?? '', options);
      contexts.push(context);
      watch.watch(context, new URL(baseURL ?? '').host);
      const page = await context.newPage();
      await signIn(page, role);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

async function newContext(
  browser: Browser,
  baseURL: string,
  options: { javaScript?: boolean; viewport?: { width: number; height: number } },
): Promise<BrowserContext> {
  return browser.newContext({
    baseURL,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: options.viewport ?? { width: 1440, height: 900 },
    javaScriptEnabled: options.javaScript ?? true,
  });
}

/** Signs in through the page. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Tên tài khoản').fill(logins[role]);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Waits until WASM has taken over and changes arrive. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('.live[data-state="open"]').first()).toBeVisible();
}
