import { until } from '@airline/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { event, seqsOf, start } from './upstreams.fixture.ts';

const BIG = '12345678901234567891';

afterEach(() => {
  vi.restoreAllMocks();
});

test('integers of events are kept as they are written', async () => {
  const { connect } = await start({
    subscribed: ({ socket, id }) =>
      socket.send(`{"type":"next","id":"${id}","payload":{"data":{"n":${BIG},"text":"${BIG}","small":1}}}`),
  });
  const { results } = connect();
  await until('the event has come', () => results.length === 1);
  expect(JSON.stringify(results)).toBe(`[{"data":{"n":${BIG},"text":"${BIG}","small":1}}]`);
});

test('no reviver is called for their values', async () => {
  const parse = vi.spyOn(JSON, 'parse');
  const { connect } = await start({ subscribed: (upstream) => upstream.next(event(1)) });
  const { results } = connect();
  await until('the event has come', () => results.length === 1);
  const read = parse.mock.calls.filter(([text]) => text.includes('"next"'));
  expect(read).toEqual([[expect.any(String)]]);
});

test.each([
  ['lists', `{"data":${'['.repeat(300)}${']'.repeat(300)}}`],
  ['objects', `{"data":[${Array.from({ length: 300 }, () => '{}').join(',')}]}`],
])('a message of too many %s ends its socket, unread, and the next one goes on', async (_, payload) => {
  const cursors: unknown[] = [];
  const { connect, stub } = await start(
    {
      subscribed: (upstream) => {
        const { socket, id } = upstream;
        cursors.push(upstream.payload.extensions.cursor);
        if (cursors.length > 1) return upstream.next(event(2));
        upstream.next(event(1));
        socket.send(`{"type":"next","id":"${id}","payload":${payload}}`);
      },
    },
    { limits: { bytes: 10_000, objects: 200 } },
  );
  const { results, ends } = connect();
  await until('it has resumed', () => results.length === 2);
  expect(seqsOf(results)).toEqual([1, 2]);
  expect(cursors).toEqual([undefined, '1-0']);
  expect(stub.opened()).toBe(2);
  expect(ends).toEqual([]);
});

test('what is no JSON ends its socket, and the next one goes on', async () => {
  let begun = 0;
  const { connect, stub } = await start({
    subscribed: (upstream) => {
      begun += 1;
      if (begun > 1) return upstream.next(event(1));
      upstream.socket.send('{"type":"next",');
    },
  });
  const { results } = connect();
  await until('it has resumed', () => results.length === 1);
  expect(stub.opened()).toBeGreaterThan(1);
});
