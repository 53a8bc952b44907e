import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startChild, tempFolder } from '@airline/testing';
import { expect, test } from 'vitest';
import { bundle } from './bundle.ts';

test('a service runs from its bundle alone, with SQLite, its migrations and a thread, and its stacks name our files', async () => {
  await using folder = await tempFolder();
  await bundle('flight', folder.path);
  const [port, healthPort] = [await freePort(), await freePort()];
  await using flight = startChild(process.execPath, ['--enable-source-maps', 'main.mjs'], {
    cwd: folder.path,
    env: { FLIGHT_PORT: String(port), HEALTH_PORT: String(healthPort), SERVICE_VERSION: '1' },
  });
  await flight.printed(/"msg":"serving"/);
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
  expect(ready.status).toBe(200);
  const health = () => fetch(`http://127.0.0.1:${healthPort}/health/ready`).then(({ status }) => status);
  await expect.poll(health, { timeout: 10_000 }).toBe(200);
  const { sources }: { sources: string[] } = JSON.parse(
    readFileSync(join(folder.path, 'main.mjs.map'), 'utf8'),
  );
  const named = sources.filter((source) => !source.includes('node_modules'));
  expect(named).toContainEqual(expect.stringMatching(/\/subgraphs\/flight\/src\/main\.ts$/));
  expect(readFileSync(join(folder.path, 'licences.txt'), 'utf8')).toContain('fastify 5');
});
