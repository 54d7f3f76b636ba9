// What the first load of /month costs over the wire.
import { expect, test } from '../pages/test';

/** Bytes, fonts included. */
const LIMIT = 400_000;

test('the first load of the month stays small', async ({ open }) => {
  const page = await open('officer');
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  client.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
  });
  await page.goto('/month', { waitUntil: 'load' });
  await expect(page.locator('.live[data-state="open"]').first()).toBeVisible();
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(LIMIT);
});
