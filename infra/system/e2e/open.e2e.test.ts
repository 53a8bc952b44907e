import { startNodeProcess } from '@airline/local/process';
import { anyPorts, tempFolder } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';

test.each([
  ['a service', 'subgraphs/flight/src/main.ts', {}, 1],
  ['a service with a secret', 'subgraphs/flight/src/main.ts', { SUBGRAPH_SECRET: 's'.repeat(32) }, 0],
  ['the router', 'router/src/main.ts', {}, 1],
  ['the whole system', 'infra/system/local/start.ts', {}, 1],
])('%s says at its start whether it is open, once', async (_what, program, identity, times) => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const env = { ...anyPorts, DATA_DIR: folder.path, ...identity };
  const running = await startNodeProcess(program, env, /https?:\/\/\S+\/graphql/);
  await running.stop();
  expect(running.output().match(/open: anyone who reaches/gi) ?? []).toHaveLength(times);
});
