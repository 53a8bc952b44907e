import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { openSocket } from '../subscriptions/live-router.fixture.ts';
import { type HeldRouter, startHeld } from './held.fixture.ts';

describe('heavy operations', () => {
  /** Two of them cost more than a client's may that run at once. */
  const HEAVY = `mutation { ${Array.from({ length: 50 }, (_, n) => `a${n}: book`).join(' ')} }`;

  /** As a stream of one event. */
  async function askForEvents({ url }: HeldRouter, address: string): Promise<string> {
    const response = await fetch(`${url}/stream`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        'x-forwarded-for': address,
      },
      body: JSON.stringify({ query: HEAVY }),
    });
    return await response.text();
  }

  test('of one client wait for each other, by whichever transport, and not for those of others', async () => {
    const router = await startHeld();
    const others = { 'x-forwarded-for': '192.0.2.2' };
    const other = router.ask(others, HEAVY);
    await until('that of another client runs', () => router.running() === 1);
    const { send, next } = await openSocket(router.url);
    for (const id of ['1', '2']) send({ id, type: 'subscribe', payload: { query: HEAVY } });
    const all = [router.ask({}, HEAVY), router.ask({}, HEAVY), other];
    const events = [1, 2].map(() => askForEvents(router, '192.0.2.3'));
    await until('one of each client runs', () => router.running() === 4);
    expect(await router.ask({}, '{ __typename }')).toMatchObject({ status: 200 });
    const [first, second] = [next('complete'), next('complete')];
    router.release();
    expect(await Promise.all(all)).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
    for (const text of await Promise.all(events)) expect(text).toContain('event: complete');
    await Promise.all([first, second]);
    expect(router.most()).toBe(4);
  });

  test('are those alone', async () => {
    const router = await startHeld();
    const all = [router.ask(), router.ask(), router.ask()];
    await until('all run', () => router.running() === 3);
    router.release();
    await Promise.all(all);
  });
});
