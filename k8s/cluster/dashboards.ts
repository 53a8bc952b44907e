import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../checks/kubectl.ts';

const FOLDER = join(root, 'k8s/components/observability/grafana/dashboards');

/** What Grafana fills in for a scrape every 15 s: four of them, so that a rate has two samples even where one is missed. */
const RATE_INTERVAL = '1m';

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
