import { type KnownMetrics, logqlFaults, promqlFaults } from './queries.ts';
import type { Sources } from './sources.ts';

interface Datasource {
  readonly type: string;
  readonly uid: string;
}

interface Target {
  readonly expr: string;
  readonly datasource: Datasource;
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
  readonly panels: readonly {
    readonly title: string;
    readonly datasource: Datasource;
    readonly targets: readonly Target[];
  }[];
}

/** What is wrong with the sources and queries of a Grafana dashboard. */
export function dashboardFaults(json: string, known: KnownMetrics, sources: Sources): string[] {
  const { title, templating, panels }: Dashboard = JSON.parse(json);
  const ofPanels = panels.flatMap((panel) =>
    panel.targets
      .flatMap(({ expr, datasource }) =>
        datasource.type === 'loki' ? logqlFaults(expr) : promqlFaults(expr, known),
      )
      .map((fault) => `${title}, ${panel.title}: ${fault}`),
  );
  const ofSources = panels.flatMap(({ title: panel, datasource, targets }) =>
    [datasource, ...targets.map((target) => target.datasource)]
      .filter(({ type, uid }) => sources.get(uid) !== type)
      .map(({ type, uid }) => `${title}, ${panel}: there is no source ${uid} of type ${type}`),
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
  return [...ofSources, ...ofPanels, ...ofVariables.map((fault) => `${title}: ${fault}`)];
}
