import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { formatTraceparent, parseTraceparent } from './trace-context.ts';

export interface SpanOptions {
  readonly kind?: 'server' | 'client' | 'producer' | 'consumer';
  /** The W3C `traceparent` to continue, or null to begin a trace; default the span that the caller runs within. */
  readonly parent?: string | null | undefined;
  /** Contexts of other traces to link to. */
  readonly links?: readonly string[];
  readonly attributes?: Attributes;
}

/** A span that has begun and not ended. */
export interface OpenSpan {
  /** The context that work caused by this span carries; undefined while traces are off. */
  readonly traceparent: string | undefined;
  /** Runs work within the span, which becomes the parent of spans that the work starts. */
  within<Result>(work: () => Result): Result;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** @param failure the error of a span that failed */
  end(failure?: unknown): void;
}

export interface RecordOptions {
  readonly kind?: SpanOptions['kind'];
  /** When it began and ended, in ms since 1970 with fractions. */
  readonly begunAt: number;
  readonly endedAt: number;
  /** The contexts of everything that this one piece of work was for. */
  readonly joins: readonly string[];
  readonly attributes?: Attributes;
  readonly failure?: unknown;
}

/** Records one service's spans. */
export interface Tracing {
  readonly isOn: boolean;
  start(name: string, options?: SpanOptions): OpenSpan;
  /** Runs work within a span, which ends with it. */
  run<Result>(name: string, options: SpanOptions, work: (span: OpenSpan) => Promise<Result>): Promise<Result>;
  /**
   * Records work that has ended. If all it joins is of one trace, it is part of that, below the first context; work for
   * several traces is a trace of its own, with a link to each.
   */
  record(name: string, options: RecordOptions): void;
}

/** Ms since 1970 with fractions, the unit of spans; steps of the system's clock do not show in it. */
export const epochMs = (): number => performance.timeOrigin + performance.now();

const noSpan: OpenSpan = {
  traceparent: undefined,
  within: (work) => work(),
  rename: () => {},
  set: () => {},
  end: () => {},
};

/** Tracing that records nothing. */
export const noTracing: Tracing = {
  isOn: false,
  start: () => noSpan,
  run: (_name, _options, work) => work(noSpan),
  record: () => {},
};

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

export function createTracing(tracer: Tracer): Tracing {
  function start(name: string, options: SpanOptions = {}): OpenSpan {
    const { kind, parent, links = [], attributes } = options;
    const from = parent === undefined ? context.active() : contextOf(parseTraceparent(parent));
    const span = tracer.startSpan(
      name,
      {
        kind: kind ? kinds[kind] : SpanKind.INTERNAL,
        // The system's clock, which it would take by itself, has whole milliseconds.
        startTime: epochMs(),
        ...(attributes && { attributes }),
        links: contextsOf(links).map((linked) => ({ context: linked })),
      },
      from,
    );
    return opened(span, trace.setSpan(from, span));
  }

  return {
    isOn: true,
    start,

    run: (name, options, work) => {
      const span = start(name, options);
      return span.within(async () => {
        try {
          const result = await work(span);
          span.end();
          return result;
        } catch (error) {
          span.end(error);
          throw error;
        }
      });
    },

    record: (name, { kind, begunAt, endedAt, joins, attributes, failure }) => {
      const joined = contextsOf(joins);
      const [first, ...others] = joined;
      if (!first || joined.every(({ traceFlags }) => !(traceFlags & TraceFlags.SAMPLED))) return;
      const isOfOne = joined.every(({ traceId }) => traceId === first.traceId);
      const linked = isOfOne ? others : joined;
      const span = tracer.startSpan(
        name,
        {
          kind: kind ? kinds[kind] : SpanKind.INTERNAL,
          startTime: begunAt,
          ...(attributes && { attributes }),
          links: linked.map((each) => ({ context: each })),
        },
        contextOf(isOfOne ? first : undefined),
      );
      if (failure !== undefined) fail(span, failure);
      span.end(endedAt);
    },
  };
}

function opened(span: Span, within: Context): OpenSpan {
  return {
    traceparent: formatTraceparent(span.spanContext()),
    within: (work) => context.with(within, work),
    rename: (name) => {
      span.updateName(name);
    },
    set: (attributes) => {
      span.setAttributes(attributes);
    },
    end: (failure) => {
      if (failure !== undefined) fail(span, failure);
      span.end(epochMs());
    },
  };
}

function fail(span: Span, failure: unknown): void {
  if (failure instanceof Error) span.recordException(failure);
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(failure) });
}

const contextOf = (remote: SpanContext | undefined): Context =>
  remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;

/** Each context once. */
function contextsOf(traceparents: readonly string[]): SpanContext[] {
  return [...new Set(traceparents)].flatMap((text) => parseTraceparent(text) ?? []);
}
