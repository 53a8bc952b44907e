/** The metrics of one scrape. */
export interface ParsedMetrics {
  /** `counter`, `gauge`, `histogram` by name. */
  readonly types: ReadonlyMap<string, string>;
  /** Of the one line with these labels, in any order; undefined when there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

const COMMENT = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.*)$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/y;

/**
 * Reads Prometheus' text format, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/), as strictly as
 * Prometheus: one TYPE a metric, before its samples, no sample without one and none twice.
 * @throws Error naming the line at fault
 */
export function parseMetrics(text: string): ParsedMetrics {
  const types = new Map<string, string>();
  const samples = new Map<string, number>();
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('#')) readComment(line, types);
    else readSample(line, types, samples);
  }
  return { types, value: (name, labels = {}) => samples.get(keyOf(name, Object.entries(labels))) };
}

function readComment(line: string, types: Map<string, string>): void {
  const [, kind, name, rest] = COMMENT.exec(line) ?? [];
  if (!kind || !name || !rest) throw new Error(`This is no comment: ${line}`);
  if (kind !== 'TYPE') return;
  if (types.has(name)) throw new Error(`A second TYPE: ${line}`);
  types.set(name, rest);
}

function readSample(line: string, types: Map<string, string>, samples: Map<string, number>): void {
  const [, name, labels = '', number] = SAMPLE.exec(line) ?? [];
  const value = number === '+Inf' ? Number.POSITIVE_INFINITY : Number(number);
  if (!name || (Number.isNaN(value) && !/^nan$/i.test(number ?? '')))
    throw new Error(`This is no sample: ${line}`);
  const metric = name.replace(/_(bucket|sum|count)$/, '');
  if (!types.has(name) && types.get(metric) !== 'histogram' && types.get(metric) !== 'summary') {
    throw new Error(`No TYPE comes before: ${line}`);
  }
  const key = keyOf(name, labelsOf(labels, line));
  if (samples.has(key)) throw new Error(`A second sample: ${line}`);
  samples.set(key, value);
}

function labelsOf(text: string, line: string): [string, string][] {
  const labels: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    LABEL.lastIndex = at;
    const [found, name, value] = LABEL.exec(text) ?? [];
    if (found === undefined || name === undefined || value === undefined) {
      throw new Error(`These are no labels: ${line}`);
    }
    labels.push([name, value]);
    at += found.length;
  }
  return labels;
}

const keyOf = (name: string, labels: readonly (readonly [string, string])[]): string =>
  JSON.stringify([name, ...labels.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
