import { setImmediate } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { Dispatcher } from 'undici';
import { expect, test } from 'vitest';
import { clientOf, controller } from './subgraph-client.fixture.ts';

const FETCHES = 20_000;
const AT_ONCE = 32;

/** Responds within a turn of the event loop. */
class Responding extends Dispatcher {
  override dispatch(_options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    handler.onRequestStart?.(controller, undefined);
    void setImmediate().then(() => {
      handler.onResponseStart?.(controller, 200, {}, 'OK');
      handler.onResponseData?.(controller, Buffer.from('{"data":{"a":1}}'));
      handler.onResponseEnd?.(controller, {});
    });
    return true;
  }
}

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
  const { query } = clientOf('http://flight.invalid/graphql', { dispatcher: new Responding() });
  const kept = await keptPerFetch(() => query({ signal: new AbortController().signal }));
  expect(kept).toBeLessThan(100);
});
