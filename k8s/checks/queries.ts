import { metricCatalog, processMetrics } from '@airline/observability';
import { parser as logql } from '@grafana/lezer-logql';
import { parser as promql } from '@prometheus-io/lezer-promql';

type Tree = ReturnType<typeof logql.parse>;
type SyntaxNode = Tree['topNode'];

/** Labels by metric, as a scrape has them. */
export type KnownMetrics = ReadonlyMap<string, ReadonlySet<string>>;

/** Labels that Prometheus adds; see k8s/components/observability/prometheus/config.yaml. */
const ADDED = ['job', 'instance', 'service', 'pod'];

/** The metrics of our code, those of prom-client beside them, and `up`. */
export async function knownMetrics(): Promise<KnownMetrics> {
  const known = new Map<string, ReadonlySet<string>>([['up', new Set(ADDED)]]);
  for (const [name, { type, labels }] of Object.entries(metricCatalog)) {
    if (type !== 'histogram') {
      known.set(name, new Set([...labels, ...ADDED]));
      continue;
    }
    for (const part of ['bucket', 'sum', 'count'])
      known.set(`${name}_${part}`, new Set([...labels, ...ADDED, ...(part === 'bucket' ? ['le'] : [])]));
  }
  for (const [, name = ''] of (await processMetrics()).matchAll(/^# TYPE (\S+) /gm)) {
    // What labels these have is the library's business.
    for (const part of ['', '_bucket', '_sum', '_count']) known.set(name + part, new Set(ADDED));
  }
  return known;
}

/**
 * What is wrong with a query in PromQL: its syntax, and metrics and labels that no code records. Grafana's `$variables` count as what
 * they stand for.
 */
export function promqlFaults(query: string, known: KnownMetrics): string[] {
  const text = query.replaceAll(/\$__\w+/g, '5m').replaceAll(/\$\w+/g, 'any');
  const faults = syntaxFaults(promql, text);
  if (faults.length > 0) return faults;
  each(promql.parse(text), 'VectorSelector', (selector) => {
    const identifier = selector.getChild('Identifier');
    const name = identifier ? text.slice(identifier.from, identifier.to) : '';
    const labels = known.get(name);
    if (!labels) {
      faults.push(`${query}: no code records the metric ${name}`);
      return;
    }
    each(selector, 'LabelName', (label) => {
      const labelName = text.slice(label.from, label.to);
      if (!labels.has(labelName)) faults.push(`${query}: ${name} has no label ${labelName}`);
    });
  });
  return faults;
}

/** What is wrong with the syntax of a query in LogQL. */
export function logqlFaults(query: string): string[] {
  return syntaxFaults(logql, query.replaceAll(/\$__\w+/g, '5m').replaceAll(/\$\w+/g, 'any'));
}

function syntaxFaults(parser: { parse(text: string): Tree }, text: string): string[] {
  const faults: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) faults.push(`${text}: syntax error at "${text.slice(from, from + 20)}"`);
    },
  });
  return faults.slice(0, 1);
}

function each(tree: Tree | SyntaxNode, name: string, visit: (node: SyntaxNode) => void): void {
  tree.cursor().iterate((node) => {
    if (node.name === name) visit(node.node);
  });
}
