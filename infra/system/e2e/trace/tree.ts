import type { ReceivedSpan } from './otlp-receiver.ts';

/**
 * A trace as text: a line for each span, below the one that caused it and in the order of their starts, with its service, ms
 * from the trace's start, and duration in ms. What a collector never got of a trace does not hide the rest.
 */
export function traceTree(spans: readonly ReceivedSpan[]): string {
  const start = Math.min(...spans.map(({ startMs }) => startMs));
  const known = new Set(spans.map(({ spanId }) => spanId));
  const causedBy = Map.groupBy(spans, ({ parentSpanId }) =>
    parentSpanId !== undefined && known.has(parentSpanId) ? parentSpanId : undefined,
  );
  const rows: { service: string; name: string; at: string; took: string }[] = [];

  function add(parent: string | undefined, depth: number): void {
    const below = causedBy.get(parent) ?? [];
    for (const span of below.toSorted((a, b) => a.startMs - b.startMs)) {
      const { service, name, startMs, endMs, spanId } = span;
      rows.push({
        service,
        name: `${'  '.repeat(depth)}${name}`,
        at: (startMs - start).toFixed(1),
        took: (endMs - startMs).toFixed(1),
      });
      add(spanId, depth + 1);
    }
  }

  add(undefined, 0);
  const header = { service: 'service', name: 'span', at: 'at ms', took: 'took ms' };
  const all = [header, ...rows];
  const width = (column: keyof typeof header) => Math.max(...all.map((row) => row[column].length));
  const [service, name, at, took] = [width('service'), width('name'), width('at'), width('took')];
  return all
    .map(
      (row) =>
        `${row.service.padEnd(service)}  ${row.name.padEnd(name)}  ${row.at.padStart(at)}  ${row.took.padStart(took)}`,
    )
    .join('\n');
}
