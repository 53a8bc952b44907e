import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../checks/kubectl.ts';

const FOLDER = join(root, 'k8s/components/observability/grafana/dashboards');

/** What Grafana fills in for a scrape every 15 s: four of them, so that a rate has two samples even where one is missed. */
const RATE_INTERVAL = '1m';

/** Series that begin with the first failure of their kind, so that there may be none; every other query returns numbers. */
export const BEGIN_WITH_A_FAILURE = [
  'subgraph_fetch_duration_seconds_count{outcome=~"timeout|unavailable"}',
  'subscription_upstreams_lost_total',
  'event_retries_total',
  'store_commit_retries_total',
  'event_redeliveries_total',
  'relay_failures_total',
  'dead_letters_total',
  'router_refusals_total',
];

interface Dashboard {
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly allValue: string }[] };
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string; readonly datasource: { readonly type: string } }[];
  }[];
}

/** A query of a panel, with its variables filled in as Grafana would. */
export interface PanelQuery {
  /** `dashboard / panel` */
  readonly panel: string;
  readonly query: string;
}

/** The queries of all panels of all dashboards to one kind of source; of a variable, all is chosen. */
export function panelQueries(source: 'prometheus' | 'loki'): readonly PanelQuery[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const { title, templating, panels }: Dashboard = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
    const fill = (expr: string) =>
      templating.list.reduce(
        (text, { name, allValue }) => text.replaceAll(`$${name}`, allValue),
        expr.replaceAll('$__rate_interval', RATE_INTERVAL),
      );
    return panels.flatMap((panel) =>
      panel.targets
        .filter(({ datasource }) => datasource.type === source)
        .map(({ expr }) => ({ panel: `${title} / ${panel.title}`, query: fill(expr) })),
    );
  });
}
