import { type KnownMetrics, logqlFaults, promqlFaults } from './queries.ts';

interface Target {
  readonly expr: string;
  readonly datasource: { readonly type: string };
}

interface Variable {
  readonly name: string;
  readonly query: string;
  readonly includeAll: boolean;
  /** What a query gets where all are chosen; otherwise Grafana joins those that it has found. */
  readonly allValue?: string;
}

interface Dashboard {
  readonly title: string;
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly { readonly title: string; readonly targets: readonly Target[] }[];
}

/** What is wrong with the queries of a Grafana dashboard. */
export function dashboardFaults(json: string, known: KnownMetrics): string[] {
  const { title, templating, panels }: Dashboard = JSON.parse(json);
  const ofPanels = panels.flatMap((panel) =>
    panel.targets
      .flatMap(({ expr, datasource }) =>
        datasource.type === 'loki' ? logqlFaults(expr) : promqlFaults(expr, known),
      )
      .map((fault) => `${title}, ${panel.title}: ${fault}`),
  );
  const ofVariables = templating.list.flatMap(({ name, query, includeAll, allValue }) => {
    // `label_values(metric, label)`; every other form is no PromQL either.
    const [, metric = query, label = ''] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
    return [
      ...(includeAll && !allValue ? [`where nothing is recorded, all of $${name} is none`] : []),
      ...promqlFaults(metric, known),
      ...(known.get(metric)?.has(label) ? [] : [`${metric} has no label ${label}`]),
    ];
  });
  return [...ofPanels, ...ofVariables.map((fault) => `${title}: ${fault}`)];
}
