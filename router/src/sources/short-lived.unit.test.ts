import { setImmediate } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import type { HttpClient } from '../http-client/http-client.ts';
import { readHead } from '../http-client/response-head.ts';
import { clientOf } from './subgraph-client.fixture.ts';

const FETCHES = 20_000;
const AT_ONCE = 32;

const head = readHead('HTTP/1.1 200 OK\r\n');

/** Responds within a turn of the event loop. */
const responding: HttpClient = {
  send: (_origin, call) => {
    call.began(() => {});
    void setImmediate().then(() => call.ended(head, Buffer.from('{"data":{"a":1}}')));
  },
  close: () => {},
};

/** Bytes of objects that have outlived two collections of young ones. */
const oldBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0;

/** Bytes that each fetch adds to them; the median, since full collections take away. */
async function keptPerFetch(fetch: () => Promise<unknown>): Promise<number> {
  const kept: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const before = oldBytes();
    for (let sent = 0; sent < FETCHES; sent += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, fetch));
    kept.push((oldBytes() - before) / FETCHES);
  }
  return kept.sort((a, b) => a - b)[2] ?? Number.NaN;
}

test('a fetch that is over leaves nothing for the next full garbage collection', async () => {
  const { query } = clientOf('http://flight.invalid/graphql', { http: responding });
  const kept = await keptPerFetch(() => query({ signal: new AbortController().signal }));
  expect(kept).toBeLessThan(100);
});
