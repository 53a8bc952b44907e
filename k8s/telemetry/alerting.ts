import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, until } from '@airline/testing';
import { ask, derive, getJson, serve } from './programs.ts';

/** A Prometheus that scrapes processes every three seconds, and an Alertmanager that sends its alerts on. */
export interface Alerting extends AsyncDisposable {
  /** Of Prometheus. */
  readonly url: string;
}

/** A process that Prometheus scrapes, as a pod of that service. */
export interface Target {
  readonly service: string;
  /** Host and port. */
  readonly address: string;
}

/** Windows and waits of the rules, as short as a test; what they compare with stays. */
const SHORT = {
  '[5m]': '[30s]',
  '[15m]': '[1m]',
  'for: 1m': 'for: 1s',
  'for: 2m': 'for: 1s',
  'for: 5m': 'for: 1s',
};

/** Starts both with the configurations of k8s/components/observability; alerts go to webhooks below the receiver's URL. */
export async function startAlerting(
  folder: string,
  receiver: string,
  targets: readonly Target[],
): Promise<Alerting> {
  await using starting = new AsyncDisposableStack();
  const [alertsPort, prometheusPort] = [await freePort(), await freePort()];
  const at = (port: number) => `127.0.0.1:${port}`;
  const file = (name: string) => join(folder, name);

  for (const name of ['PAGE_URL', 'TICKET_URL']) await writeFile(file(name), `${receiver}${name}`);
  const alertmanager = await derive('alertmanager/config.yaml', file('alertmanager.yaml'), {
    '/etc/alertmanager/receivers': folder,
    'group_by:': 'group_wait: 1s\n  group_by:',
  });
  await ask('amtool', 'check-config', alertmanager);
  starting.use(
    await serve(
      `http://${at(alertsPort)}/-/ready`,
      'alertmanager',
      `--config.file=${alertmanager}`,
      `--storage.path=${file('alertmanager')}`,
      `--web.listen-address=${at(alertsPort)}`,
      '--cluster.listen-address=',
    ),
  );

  const rules = await derive('prometheus/rules.yaml', file('rules.yaml'), SHORT);
  const prometheus = await derive('prometheus/config.yaml', file('prometheus.yaml'), {
    // A scrape waits two seconds for a Redis that does not respond.
    '15s': '3s',
    '/etc/prometheus/rules/*.yaml': rules,
    'alertmanager:9093': at(alertsPort),
    // What the API server would say of each pod.
    [KUBERNETES]: `    static_configs: ${JSON.stringify(targets.map(asPod))}\n`,
  });
  await ask('promtool', 'check', 'config', prometheus);
  starting.use(
    await serve(
      `http://${at(prometheusPort)}/prometheus/-/ready`,
      'prometheus',
      `--config.file=${prometheus}`,
      `--storage.tsdb.path=${file('prometheus')}`,
      `--web.listen-address=${at(prometheusPort)}`,
      '--web.external-url=http://localhost:9090/prometheus',
    ),
  );

  const url = `http://${at(prometheusPort)}/prometheus`;
  // What has happened before the first scrape is no increase.
  await until('each process has been scraped', async () => {
    const { data } = await getJson<{ data: { result: unknown[] } }>(`${url}/api/v1/query`, {
      query: 'up == 1',
    });
    return data.result.length === targets.length;
  });

  const started = starting.move();
  return {
    url,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const KUBERNETES = `    kubernetes_sd_configs:
      - role: pod
        namespaces: { names: [airline] }
        selectors:
          - { role: pod, label: app.kubernetes.io/part-of=airline }
`;

const asPod = ({ service, address }: Target) => ({
  targets: [address],
  labels: {
    __meta_kubernetes_pod_container_port_name: 'metrics',
    __meta_kubernetes_pod_phase: 'Running',
    __meta_kubernetes_pod_label_app_kubernetes_io_name: service,
    __meta_kubernetes_pod_name: `${service}-0`,
  },
});
