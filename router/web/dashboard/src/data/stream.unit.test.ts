import { expect, test } from 'vitest';
import { type Payload, type Result, startStream } from './stream.ts';

interface Sink {
  next(result: Result<{ number: number }>): void;
  error(error: unknown): void;
}

/** A router that the test speaks for. */
function setUp({ isConnected = true } = {}) {
  const log: string[] = [];
  const retries: (() => void)[] = [];
  let payload: Payload = { query: '' };
  let sink: Sink | undefined;
  const stream = startStream<{ number: number }>({
    query: 'subscription { number }',
    isConnected: () => isConnected,
    subscribe: (asked, observer) => {
      payload = asked;
      sink = observer as Sink;
      return () => observer.complete();
    },
    pushed: ({ number }) => log.push(`pushed ${number}`),
    begun: () => log.push('begun'),
    confirmed: () => log.push('confirmed'),
    retry: (again, failures) => {
      log.push(`retry ${failures}`);
      retries.push(again);
    },
  });
  return {
    log,
    stream,
    /** What would be sent if the socket connected now. */
    sent: () => JSON.parse(JSON.stringify(payload)) as Payload,
    push: (number: number, cursor: string) => sink?.next({ data: { number }, extensions: { cursor } }),
    fail: (code: string) => sink?.error([{ extensions: { code } }]),
    retry: () => retries.shift()?.(),
  };
}

test('a stream that begins without a cursor requests what was before, and once more with its first event', () => {
  const { log, push, sent } = setUp();
  expect(sent()).toEqual({ query: 'subscription { number }' });
  push(1, '7-0');
  push(2, '8-0');
  expect(log).toEqual(['begun', 'pushed 1', 'confirmed', 'pushed 2']);
});

test('it resumes behind the last cursor when the connection is back, and loads nothing', () => {
  const { log, push, sent, stream } = setUp();
  push(1, '7-0');
  push(2, '9-0');
  stream.connected();
  expect(sent().extensions).toEqual({ cursor: '9-0' });
  expect(log.filter((line) => line === 'begun')).toHaveLength(1);
});

test('it requests it again when the connection is back before any event has come', () => {
  const { log, sent, stream } = setUp({ isConnected: false });
  expect(log).toEqual([]);
  stream.connected();
  stream.connected();
  expect(log).toEqual(['begun', 'begun']);
  expect(sent().extensions).toBeUndefined();
});

test('it begins anew where the router no longer has the cursor', () => {
  const { log, push, sent, fail, retry } = setUp();
  push(1, '7-0');
  fail('CURSOR_EXPIRED');
  retry();
  expect(sent().extensions).toBeUndefined();
  push(2, '1-0');
  expect(log).toEqual(['begun', 'pushed 1', 'confirmed', 'retry 1', 'begun', 'pushed 2', 'confirmed']);
});

test.each(['SLOW_CONSUMER', 'SERVER_SHUTTING_DOWN'])('it resumes behind its cursor after %s', (code) => {
  const { log, push, sent, fail, retry } = setUp();
  push(1, '7-0');
  fail(code);
  retry();
  fail(code);
  retry();
  expect(sent().extensions).toEqual({ cursor: '7-0' });
  push(2, '8-0');
  fail(code);
  expect(log).toEqual(['begun', 'pushed 1', 'confirmed', 'retry 1', 'retry 2', 'pushed 2', 'retry 1']);
});

test('one that was stopped does not come back', () => {
  const { log, sent, stream, retry, push } = setUp();
  push(1, '7-0');
  const before = sent();
  stream.stop();
  retry();
  expect(sent()).toEqual(before);
  expect(log).toEqual(['begun', 'pushed 1', 'confirmed', 'retry 1']);
});
