import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNodeProcess } from '@airline/local/process';
import { tempFolder, until } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';

const FREE = Object.fromEntries(
  ['ROUTER', 'RESERVATION', 'FLIGHT', 'PAYMENT', 'DASHBOARD'].map((name) => [`${name}_PORT`, '0']),
);

test.each([
  ['a service', 'subgraphs/flight/src/main.ts'],
  ['the router', 'router/src/main.ts'],
  ['the whole system', 'infra/system/local/start.ts'],
])('the log level of %s changes with its file while it runs', async (_what, program) => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const file = join(folder.path, 'LOG_LEVEL');
  await writeFile(file, 'error');
  const env = { ...FREE, DATA_DIR: folder.path, LOG_LEVEL: 'error', LOG_LEVEL_FILE: file };
  const running = await startNodeProcess(program, env, /https?:\/\/\S+\/graphql/);
  onTestFinished(async () => void (await running.stop()));
  expect(running.output()).not.toContain('log level changed');
  await writeFile(file, 'debug');
  await until('it logs the change', () => running.output().includes('"changedTo":"debug"'));
});
