import { createMetrics, noTracing } from '@airline/observability';
import { recordedTracing } from '@airline/observability/recorded-spans';
import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { breakerLimits } from './circuit-breaker.ts';
import { response, startRawSubgraph } from './raw-subgraph.fixture.ts';
import { clientOf, notGraphQL, unavailable } from './subgraph-client.fixture.ts';

const DATA = '{"data":{"a":1}}';
const ok = { data: { a: 1 }, errors: [] };
const { failures, spanMs, probeMs } = breakerLimits;

describe('the deadline of a request', () => {
  test('reaches the subgraph as the remaining milliseconds, also when it is sent again', async () => {
    let now = 1_000;
    const { url, requests } = await startRawSubgraph((socket, nth) => {
      now += 100;
      if (nth === 1) socket.end();
      else socket.write(response(DATA));
    });
    const { query } = clientOf(url, { now: () => now });
    expect(await query({ deadline: 5_999.5 })).toEqual(ok);
    await query({ deadline: 60_000 });
    expect(requests.map(({ headers }) => headers['x-request-timeout-ms'])).toEqual(['5000', '4900', '10000']);
  });

  test('ends it', async () => {
    const { url, open } = await startRawSubgraph(() => {});
    const { query, lines } = clientOf(url);
    const failure = 'The subgraph "flight" did not respond before the request\'s deadline.';
    expect(await query({ deadline: performance.now() + 20 })).toEqual({ failure });
    await until('its connection is closed', () => open() === 0);
    expect(lines).toHaveLength(1);
  });

  test('is checked before it is sent', async () => {
    const { url, connected } = await startRawSubgraph(() => {});
    const failure = 'The subgraph "flight" was not asked: the request\'s deadline is over.';
    expect(await clientOf(url).query({ deadline: performance.now() })).toEqual({ failure });
    const aborted = await clientOf(url).query({ signal: AbortSignal.abort() });
    expect(aborted).toEqual({ failure: 'The subgraph "flight" was not asked: the request was aborted.' });
    expect(connected()).toBe(0);
  });
});

describe('requests beyond the limit of pending ones', () => {
  test('fail at once, until others end', async () => {
    let isHanging = true;
    const { url, requests } = await startRawSubgraph((socket) => isHanging || socket.write(response(DATA)));
    const { query, lines } = clientOf(url, { maxPending: 2, connections: 1 });
    const controller = new AbortController();
    const pending = [query({ signal: controller.signal }), query({ signal: controller.signal })];
    const full = { failure: 'The subgraph "flight" has 2 requests pending, the most it may have.' };
    expect([await query(), await query()]).toEqual([full, full]);
    expect(lines).toMatchObject([{ level: 'warn', msg: 'subgraph overloaded', subgraph: 'flight' }]);
    await until('one has arrived', () => requests.length === 1);
    isHanging = false;
    controller.abort();
    await Promise.all(pending);
    await until('there is room again', async () => 'data' in (await query()));
    expect([await query(), await query()]).toEqual([ok, ok]);
    isHanging = true;
    const again = new AbortController();
    const others = [query({ signal: again.signal }), query({ signal: again.signal })];
    expect(await query()).toEqual(full);
    expect(lines.map(({ msg }) => msg)).toEqual(['subgraph overloaded', 'subgraph overloaded']);
    again.abort();
    await Promise.all(others);
  });
});

describe('a subgraph that fails all the time', () => {
  /** A client whose requests fail from the clock's 0 on, and then until `spanMs` has passed. */
  async function failing(times = failures) {
    const clock = { now: 0 };
    let respond: 'reset' | 'data' | 'errors' | 'html' = 'reset';
    const bodies = { data: DATA, errors: '{"errors":[{"message":"m"}]}', html: '<html>' };
    const subgraph = await startRawSubgraph((socket) => {
      if (respond === 'reset') socket.resetAndDestroy();
      else socket.write(response(bodies[respond]));
    });
    const client = clientOf(subgraph.url, { now: () => clock.now, random: () => 0.5 });
    for (let nth = 1; nth <= times; nth += 1) {
      if (nth === times) clock.now = spanMs;
      expect(await client.mutate()).toEqual(unavailable);
    }
    return { ...subgraph, ...client, clock, respond: (next: typeof respond) => (respond = next) };
  }
  const open = { failure: 'The subgraph "flight" is unavailable: recent requests to it failed.' };

  test('is asked once a second, until it responds', async () => {
    const { clock, query, mutate, respond, requests, lines } = await failing();
    expect([await query(), await mutate()]).toEqual([open, open]);
    expect(requests).toHaveLength(failures);
    clock.now += probeMs;
    expect([await mutate(), await mutate()]).toEqual([unavailable, open]);
    clock.now += probeMs;
    respond('data');
    expect([await mutate(), await mutate()]).toEqual([ok, ok]);
    expect(requests).toHaveLength(failures + 3);
    expect(lines.map(({ msg }) => msg).filter((msg) => msg !== 'subgraph unavailable')).toEqual([
      'subgraph circuit opened',
      'subgraph available again',
    ]);
    const atInfo = lines.filter(({ level }) => level !== 'debug').map(({ msg }) => msg);
    expect(atInfo).toEqual(['subgraph unavailable', 'subgraph available again']);
  });

  test.each(['errors', 'html'] as const)('counts as reachable when it responds with %s', async (kind) => {
    const { clock, mutate, respond } = await failing(failures - 1);
    respond(kind);
    for (let times = 0; times < 2 * failures; times += 1) {
      clock.now += spanMs;
      expect(await mutate()).toEqual(
        kind === 'html' ? notGraphQL : { data: null, errors: [{ message: 'm' }] },
      );
    }
    respond('reset');
    expect([await mutate(), await mutate()]).toEqual([unavailable, unavailable]);
  });

  test('is not what headers of clients that HTTP does not allow say', async () => {
    const { query, requests } = await failing(failures - 1);
    expect(requests).toHaveLength(failures - 1);
    for (let times = 0; times < 2 * failures; times += 1) {
      expect(await query({ forwarded: { authorization: 'a\nb' } })).toEqual(unavailable);
    }
    expect(requests).toHaveLength(failures - 1);
  });

  test('is one that hangs, too, but for requests with a short deadline', async () => {
    const clock = { now: 0 };
    const { url, requests } = await startRawSubgraph(() => {});
    const { query, lines } = clientOf(url, { timeoutMs: 20, now: () => clock.now });
    const hang = async (deadline?: number) => {
      for (let times = 0; times < failures; times += 1) {
        await query({ deadline: deadline && clock.now + deadline });
        clock.now += spanMs;
      }
    };
    await hang(10);
    expect(lines.every(({ msg }) => msg === 'subgraph unavailable')).toBe(true);
    await hang();
    expect(requests).toHaveLength(2 * failures);
    expect(lines.at(-1)?.msg).toBe('subgraph unavailable');
    expect(lines.filter(({ msg }) => msg === 'subgraph circuit opened')).toHaveLength(1);
  });
});

describe('telemetry of a fetch', () => {
  test("has a span, the parent of the subgraph's, and the outcome", async () => {
    const { tracing, ended } = recordedTracing();
    const metrics = createMetrics();
    const { url, requests } = await startRawSubgraph((socket, nth) => {
      const bodies = [DATA, '{"errors":[{}]}', 'x'];
      if (nth <= bodies.length) socket.write(response(bodies[nth - 1] ?? ''));
    });
    const { query, lines } = clientOf(url, { telemetry: { tracing, metrics } });
    const forwarded = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: 'c=d' };
    const operation = tracing.start('operation');
    for (let times = 0; times < 3; times += 1) await operation.within(() => query({ forwarded }));
    await operation.within(() => query({ forwarded, deadline: performance.now() + 20 }));
    const controller = new AbortController();
    const aborted = query({ forwarded, signal: controller.signal });
    controller.abort();
    await aborted;

    const spans = ended().filter(({ name }) => name === 'fetch flight');
    const outcomes = ['ok', 'errors', 'unavailable', 'timeout', 'aborted'];
    expect(spans.map(({ attributes }) => attributes)).toEqual(
      outcomes.map((outcome) => ({ 'server.address': 'flight', 'graphql.outcome': outcome })),
    );
    const [span] = spans;
    const { traceId, spanId } = span?.spanContext() ?? {};
    expect(operation.traceparent).toContain(span?.parentSpanContext?.spanId);
    expect(requests[0]?.headers).toMatchObject({
      traceparent: `00-${traceId}-${spanId}-01`,
      tracestate: 'c=d',
    });
    expect(lines.map(({ span_id }) => span_id)).toEqual(
      spans.slice(2, 4).map((failed) => failed.spanContext().spanId),
    );
    const text = await metrics.text();
    for (const outcome of outcomes) {
      expect(text).toContain(`seconds_count{subgraph="flight",outcome="${outcome}"} 1\n`);
    }
  });

  test('passes on the trace of a client where traces are off', async () => {
    const { url, requests } = await startRawSubgraph((socket) => socket.write(response(DATA)));
    const telemetry = { tracing: noTracing, metrics: createMetrics() };
    await clientOf(url, { telemetry }).query({ forwarded: { traceparent: 'client' } });
    expect(requests[0]?.headers.traceparent).toBe('client');
  });
});
