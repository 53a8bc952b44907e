import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { activeTraceparent, noTracing, parseTraceparent } from './index.ts';
import { recording } from './recorded-lines.ts';
import { recordedTracing } from './recorded-spans.ts';

const traceA = 'a'.repeat(32);
const traceB = 'b'.repeat(32);
const of = (traceId: string, span = '1', flags = '01') => `00-${traceId}-${span.repeat(16)}-${flags}`;
const clientSpan = '1'.repeat(16);

describe('a traceparent', () => {
  test('is read as W3C Trace Context has it', () => {
    expect(parseTraceparent(of(traceA))).toMatchObject({
      traceId: traceA,
      spanId: clientSpan,
      traceFlags: 1,
    });
  });

  test.each([
    undefined,
    ['00'],
    '',
    '00-1-2-01',
    of('0'.repeat(32)),
    of(traceA, '0'),
    of(traceA.toUpperCase()),
    `${of(traceA)}-more`,
    of(traceA).replace('00', 'ff'),
  ])('is none when it is %j', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});

describe('a span', () => {
  test("continues its parent's trace, and is the parent of what is done within it", async () => {
    const { tracing, ended } = recordedTracing();
    await tracing.run('outer', { kind: 'consumer', parent: of(traceA) }, async ({ traceparent }) => {
      expect(activeTraceparent()).toBe(traceparent);
      await tracing.run('inner', {}, async () => {});
    });
    const [inner, outer] = ended();
    expect([outer?.spanContext().traceId, inner?.spanContext().traceId]).toEqual([traceA, traceA]);
    expect(outer).toMatchObject({ name: 'outer', kind: SpanKind.CONSUMER });
    expect(outer?.parentSpanContext?.spanId).toBe(clientSpan);
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(activeTraceparent()).toBeUndefined();
  });

  test('begins a trace without a parent, also within another one', async () => {
    const { tracing, ended } = recordedTracing();
    await tracing.run('outer', { parent: of(traceA) }, () =>
      tracing.run('apart', { parent: null, links: [of(traceB)] }, async () => {}),
    );
    const [apart] = ended();
    expect(apart?.spanContext().traceId).not.toBe(traceA);
    expect(apart?.parentSpanContext).toBeUndefined();
    expect(apart?.links.map(({ context }) => context.traceId)).toEqual([traceB]);
  });

  test('records the error that made it fail, and rethrows it', async () => {
    const { tracing, ended } = recordedTracing();
    const failing = tracing.run('failing', {}, () => Promise.reject(new Error('no seats')));
    await expect(failing).rejects.toThrow('no seats');
    const [span] = ended();
    expect(span?.status).toMatchObject({ code: SpanStatusCode.ERROR, message: 'Error: no seats' });
    expect(span?.events.map(({ name }) => name)).toEqual(['exception']);
  });

  test('is not recorded where its trace is not sampled, but propagated', async () => {
    const { tracing, ended } = recordedTracing();
    await tracing.run('quiet', { parent: of(traceA, '1', '00') }, async ({ traceparent }) => {
      expect(traceparent).toMatch(new RegExp(`^00-${traceA}-.*-00$`));
    });
    expect(ended()).toEqual([]);
  });
});

describe('work for several', () => {
  const at = { begunAt: 1_700_000_000_000, endedAt: 1_700_000_000_004.5 };

  test('of one trace is part of it, below the first, with links to the others', () => {
    const { tracing, ended } = recordedTracing();
    tracing.record('commit', { ...at, joins: [of(traceA, '1'), of(traceA, '2'), of(traceA, '1')] });
    const [span] = ended();
    expect(span?.spanContext().traceId).toBe(traceA);
    expect(span?.parentSpanContext?.spanId).toBe(clientSpan);
    expect(span?.links.map(({ context }) => context.spanId)).toEqual(['2'.repeat(16)]);
    expect([span?.startTime, span?.duration]).toEqual([
      [1_700_000_000, 0],
      [0, 4_500_000],
    ]);
  });

  test('of several traces is a trace of its own, with a link to each', () => {
    const { tracing, ended } = recordedTracing();
    tracing.record('commit', { ...at, joins: [of(traceA), of(traceB)], failure: new Error('busy') });
    const [span] = ended();
    expect([traceA, traceB]).not.toContain(span?.spanContext().traceId);
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.links.map(({ context }) => context.traceId)).toEqual([traceA, traceB]);
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
  });

  test.each([
    ['no trace', []],
    ['traces that are not sampled', [of(traceA, '1', '00')]],
    ['what is no trace', ['x']],
  ])('of %s is not recorded', (_what, joins) => {
    const { tracing, ended } = recordedTracing();
    tracing.record('commit', { ...at, joins });
    expect(ended()).toEqual([]);
  });
});

test('a log line names the span that it was written within', async () => {
  const { logger, lines } = recording();
  const { tracing, ended } = recordedTracing();
  await tracing.run('handle', { parent: of(traceA) }, async () => logger.info('within'));
  logger.info('without');
  expect(lines[0]).toMatchObject({ trace_id: traceA, span_id: ended()[0]?.spanContext().spanId });
  expect(lines[1]).not.toHaveProperty('trace_id');
});

test('traces that are off do the work, and carry nothing', async () => {
  const result = await noTracing.run('off', { parent: of(traceA) }, async ({ traceparent }) => {
    expect(traceparent).toBeUndefined();
    return activeTraceparent() ?? 'nothing';
  });
  expect(result).toBe('nothing');
});
