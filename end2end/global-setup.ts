// Starts the server on a fresh demo agency; the function it returns stops it.
import { start } from './pages/server';

export default async function demo(): Promise<() => Promise<void>> {
  const url = process.env['CONGTAM_E2E_URL'];
  if (url === undefined) throw new Error('CONGTAM_E2E_URL is not set; playwright.config.ts sets it');
  return (await start(url, 'server', ['--demo'])).stop;
}
