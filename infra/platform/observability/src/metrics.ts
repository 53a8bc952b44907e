import { type Metric, Registry } from 'prom-client';
import { type Count, Counts, type Distribution, Distributions } from './instruments.ts';
import { type LabelValues, type MetricDefinition, type MetricName, metricCatalog } from './metric-catalog.ts';

/** Sets what is only known by asking. */
export type SetValue = <Name extends MetricName<'gauge' | 'counter'>>(
  name: Name,
  value: number,
  ...labels: LabelValues<Name>
) => void;

/** One service's metrics. */
export interface Metrics {
  add<Name extends MetricName<'counter'>>(name: Name, by: number, ...labels: LabelValues<Name>): void;
  /** Durations are in seconds. */
  observe<Name extends MetricName<'histogram'>>(
    name: Name,
    value: number,
    ...labels: LabelValues<Name>
  ): void;
  /** Has something told at each scrape; what is not set then is not told. Returns how to stop that. */
  onScrape(tell: (set: SetValue) => void | Promise<void>): () => void;
  /** All of it in Prometheus' text format, version 0.0.4. */
  text(): Promise<string>;
}

export interface MetricsOptions {
  /** How long a scrape waits for what has to be asked; 2 seconds unless told. */
  readonly withinMs?: number;
}

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Metrics that count in this process's memory; those of the catalogue appear once something was told of them. */
export function createMetrics({ withinMs = 2_000 }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const counts = new Map<MetricName, Counts>();
  const distributions = new Map<MetricName, Distributions>();
  /** Set by scrapes, so emptied before each. */
  const asked = new Set<Counts>();
  const tellers = new Set<(set: SetValue) => void | Promise<void>>();
  let scraping: Promise<string> | undefined;

  function register<Own extends Counts | Distributions>(instrument: Own): Own {
    // The registry only asks a metric for its name and for `get`, whatever its type says.
    registry.registerMetric(instrument as unknown as Metric);
    return instrument;
  }

  function countOf(name: MetricName, labels: readonly string[]): Count {
    let known = counts.get(name);
    if (!known) {
      known = register(new Counts(name, metricCatalog[name]));
      counts.set(name, known);
    }
    return known.of(labels);
  }

  function distributionOf(name: MetricName, labels: readonly string[]): Distribution {
    let known = distributions.get(name);
    if (!known) {
      known = register(new Distributions(name, metricCatalog[name] satisfies MetricDefinition));
      distributions.set(name, known);
    }
    return known.of(labels);
  }

  const set: SetValue = (name, value, ...labels) => {
    countOf(name, labels).value = value;
    asked.add(counts.get(name) as Counts);
  };

  async function scrape(): Promise<string> {
    for (const instrument of asked) instrument.clear();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`No answer within ${withinMs} ms.`)), withinMs);
    const told = await Promise.allSettled(
      [...tellers].map((tell) => Promise.race([Promise.try(tell, set), late])),
    );
    clearTimeout(timer);
    late.catch(() => {});
    if (told.some(({ status }) => status === 'rejected')) countOf('scrape_failures_total', []).value += 1;
    return await registry.metrics();
  }

  return {
    add: (name, by, ...labels) => {
      countOf(name, labels).value += by;
    },
    observe: (name, value, ...labels) => distributionOf(name, labels).observe(value),
    onScrape: (tell) => {
      tellers.add(tell);
      return () => tellers.delete(tell);
    },
    text: () => {
      scraping ??= scrape().finally(() => {
        scraping = undefined;
      });
      return scraping;
    },
  };
}

/** For whoever has nobody to tell: tests, benchmarks and commands. */
export const noMetrics: Metrics = {
  add: () => {},
  observe: () => {},
  onScrape: () => () => {},
  text: async () => '',
};
