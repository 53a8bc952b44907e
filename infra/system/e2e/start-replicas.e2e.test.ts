import { join } from 'node:path';
import { freePort, requires, startChild } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { buildOwnPages } from './system.ts';

/** A dozen processes, on two cores that have more to do. */
const READY_WITHIN_MS = 240_000;

/** Two ports in a row that are free. */
async function twoPorts(): Promise<number> {
  const first = await freePort();
  return (await freePort()) === first + 1 ? first : await twoPorts();
}

test('npm run start:replicas listens where its variables say, and ends its start with what to open', {
  ...requires('redis-server', 'postgres').options,
  timeout: 2 * READY_WITHIN_MS,
}, async () => {
  await buildOwnPages();
  const router = await freePort();
  const flight = await twoPorts();
  const program = join(import.meta.dirname, '../local/start-replicas.ts');
  const { PATH, HOME } = process.env;
  const child = startChild(process.execPath, [program, '--replicas', '2'], {
    env: { PATH, HOME, ROUTER_PORT: String(router), FLIGHT_PORT: String(flight) },
  });
  onTestFinished(() => child[Symbol.asyncDispose]());
  await child.printed(/Stop it/, READY_WITHIN_MS);
  const ready = async (port: number) => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
  expect(await Promise.all([router, flight, flight + 1].map(ready))).toEqual([200, 200, 200]);
  expect(child.output()).toContain(`Open first http://127.0.0.1:${router}/\n`);
  child.signal('SIGINT');
  expect((await child.ended).exit).toBe(0);
});
