import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../checks/kubectl.ts';
import { labelValues } from './prometheus.ts';

const FOLDER = join(root, 'k8s/components/observability/grafana/dashboards');

/** What Grafana fills in for a scrape every 15 s: four of them, so that a rate has two samples even where one is missed. */
const RATE_INTERVAL = '1m';

interface Dashboard {
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
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

/** The queries in PromQL of all panels of all dashboards; every value is chosen where there is a choice. */
export async function panelQueries(): Promise<readonly PanelQuery[]> {
  const dashboards = readdirSync(FOLDER).map(
    (file): Dashboard => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
  );
  return (await Promise.all(dashboards.map(queriesOf))).flat();
}

async function queriesOf({ title, templating, panels }: Dashboard): Promise<PanelQuery[]> {
  const filledIn = await Promise.all(
    templating.list.map(async ({ name, query }) => {
      const [, metric, label] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
      if (!metric || !label) throw new Error(`${title}: ${query} is no label_values(metric, label).`);
      return [`$${name}`, `(${(await labelValues(metric, label)).join('|')})`] as const;
    }),
  );
  const fill = (expr: string) =>
    [['$__rate_interval', RATE_INTERVAL] as const, ...filledIn].reduce(
      (text, [variable, value]) => text.replaceAll(variable, value),
      expr,
    );
  return panels.flatMap((panel) =>
    panel.targets
      .filter(({ datasource }) => datasource.type === 'prometheus')
      .map(({ expr }) => ({ panel: `${title} / ${panel.title}`, query: fill(expr) })),
  );
}
