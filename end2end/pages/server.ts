// A server of the release binary with a PostgreSQL and a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const checkout = resolve(import.meta.dirname, '../..');

/** How long the first start may take: a new cluster and a year of demo history, in milliseconds. */
const START_LIMIT = 120_000;

export type Running = {
  /** What the server printed so far. */
  log: () => string;
  /** Stops it and removes its data. */
  stop: () => Promise<void>;
};

/** Starts a server that listens on `url`, and waits until it is ready. */
export async function start(url: string, name: string, options: string[]): Promise<Running> {
  const binary = process.env['CONGTAM_BIN'] ?? join(checkout, 'target/release/congtam');
  if (!existsSync(binary)) throw new Error(`there is no ${binary}: run \`cargo xtask build\` first`);
  if (await answers(`${url}/healthz`)) throw new Error(`something else already answers on ${url}`);

  const folder = mkdtempSync(join(tmpdir(), 'congtam-e2e-'));
  // The server runs PostgreSQL as another account when it is root: that one must get through.
  chmodSync(folder, 0o755);
  const logs = resolve(import.meta.dirname, '../test-results');
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${name}.log`);

  const { DATABASE_URL: _, ...environment } = process.env;
  const listen = new URL(url).host;
  const server = spawn(binary, ['serve', ...options, '--listen', listen, '--data-dir', join(folder, 'data')], {
    cwd: checkout,
    env: { CONGTAM_SITE: join(checkout, 'dist/site'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = createWriteStream(log);
  server.stdout.pipe(lines);
  server.stderr.pipe(lines);

  const stop = async (): Promise<void> => {
    await end(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(server, url);
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${readFileSync(log, 'utf8')}`);
  }
  return { log: () => readFileSync(log, 'utf8'), stop };
}

/** Waits until the database is reachable and every migration is applied. */
async function ready(server: ChildProcess, url: string): Promise<void> {
  const limit = Date.now() + START_LIMIT;
  while (!(await answers(`${url}/readyz`))) {
    if (server.exitCode !== null) throw new Error(`the server ended with code ${server.exitCode}`);
    if (Date.now() > limit) throw new Error(`the server is not ready after ${START_LIMIT / 1000} s`);
    await sleep(100);
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}

/** Asks the server to end, so that it stops its PostgreSQL, and insists after 20 seconds. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGTERM');
  const insist = setTimeout(() => server.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(insist);
}
