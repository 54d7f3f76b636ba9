// Browser tests against the release binary, in the machine's own Chromium.
// Each worker starts a server on a demo agency of its own (`pages/test.ts`); run by `cargo xtask test`,
// or after `cargo xtask build` by `npx playwright test` in this folder.
import { defineConfig } from '@playwright/test';

// Workers read it too: the day that the servers take for today (a Monday in the middle of a month, so that no test
// depends on the day it runs).
process.env['CONGTAM_TODAY'] ??= '2026-11-16';

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  // A server and a browser each; the journeys of one file share an agency, one after the other.
  workers: 2,
  fullyParallel: false,
  // A test that passes only at the second try has found something.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    actionTimeout: 20_000,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CONGTAM_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        // Chromium refuses its sandbox to root.
        ...(root ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  projects: [{ name: 'desktop', use: { viewport: { width: 1440, height: 900 } } }],
});
