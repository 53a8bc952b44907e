import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type System, startEmbedded } from '../system.ts';
import { exchange } from './exchange.ts';
import { bodies, documents, http, variables } from './hand-picked.ts';

// What attackers are known to send, each refused for what it is.

let system: System;

beforeAll(async () => {
  system = await startEmbedded();
});

afterAll(async () => {
  expect(system.processes.system?.output()).not.toContain('"level":"error"');
  await system[Symbol.asyncDispose]();
});

describe.each([
  ['HTTP', http],
  ['a body', bodies],
  ['a document', documents],
  ['variables', variables],
])('%s:', (_family, requests) => {
  test.each(requests)('%s', async (_name, request, [status, code]) => {
    const [received, ...others] = await exchange(Number(new URL(system.url).port), request, true);
    const first = /"code":"([A-Z_]+)"/.exec(received?.body ?? '')?.[1] ?? received?.body;
    expect([received?.status, first, others]).toEqual([status, code, []]);
  });
});
