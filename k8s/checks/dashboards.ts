import { type KnownMetrics, logqlFaults, promqlFaults } from './queries.ts';

interface Target {
  readonly expr: string;
  readonly datasource: { readonly type: string };
}

interface Dashboard {
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly query: string }[] };
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
  const ofVariables = templating.list.flatMap(({ query }) => {
    // `label_values(metric, label)`; every other form is no PromQL either.
    const [, metric = query, label = ''] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
    return [
      ...promqlFaults(metric, known),
      ...(known.get(metric)?.has(label) ? [] : [`${metric} has no label ${label}`]),
    ];
  });
  return [...ofPanels, ...ofVariables.map((fault) => `${title}: ${fault}`)];
}
