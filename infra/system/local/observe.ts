import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, startChild } from '@airline/testing';

/** A server with metrics for this machine. */
export interface Observed {
  readonly service: string;
  /** Its GraphQL endpoint; `/metrics` is at the same origin. */
  readonly url: string;
}

export interface Observing extends AsyncDisposable {
  readonly grafana: string;
  readonly prometheus: string;
}

export interface ObserveOptions {
  readonly observed: readonly Observed[];
  /** Called with lines of progress, for people. */
  readonly progress: (line: string) => void;
  /** Of the commands; its PATH says whether there is a container engine. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const root = join(import.meta.dirname, '../../..');
const parts = join(root, 'k8s/components/observability');
const PROJECT = 'airline-observe';
const GRAFANA_PORT = 3000;
const PROMETHEUS = '127.0.0.1:9090';
/** The path that the boards' source has. */
const PREFIX = '/prometheus';
const PROMETHEUS_URL = `http://${PROMETHEUS}${PREFIX}/`;

/**
 * Starts Prometheus, which collects the metrics of a system of this machine, and Grafana with the boards of a cluster, by
 * `docker compose` or `podman compose`. Both are on the machine's own network, on its loopback alone: what has metrics shows them
 * to nobody else.
 *
 * @returns until disposed of; undefined where they cannot be started, which `progress` says
 */
export async function observe({ observed, progress, env }: ObserveOptions): Promise<Observing | undefined> {
  const engine = await findEngine(env);
  if (engine === undefined) {
    progress(
      'Prometheus and Grafana are not started: there is neither `docker compose` nor `podman compose`.',
    );
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'airline-observe-'));
  await writeConfiguration(folder, observed);
  const file = join(folder, 'compose.json');
  const compose = (...args: string[]) =>
    run(engine, ['compose', '--file', file, '--project-name', PROJECT, ...args], env);
  const end = async () => {
    await compose('down', '--volumes', '--timeout', '3');
    await rm(folder, { recursive: true, force: true });
  };
  progress(`Starting Prometheus and Grafana by ${engine} (the first time it fetches their images)…`);
  const { exit, stderr } = await compose('up', '--detach');
  if (exit !== 0) {
    progress(`Prometheus and Grafana are not started: ${stderr.trim().split('\n').at(-1)}`);
    await end();
    return undefined;
  }
  return {
    grafana: `http://localhost:${GRAFANA_PORT}/`,
    prometheus: PROMETHEUS_URL,
    [Symbol.asyncDispose]: end,
  };
}

async function findEngine(env: ObserveOptions['env']): Promise<string | undefined> {
  for (const engine of ['docker', 'podman']) {
    const { exit } = await run(engine, ['compose', 'version'], env);
    if (exit === 0) return engine;
  }
  return undefined;
}

async function run(program: string, args: readonly string[], env: ObserveOptions['env']): Promise<Ended> {
  try {
    return await startChild(program, args, { env }).ended;
  } catch (error) {
    return { exit: null, stdout: '', stderr: String(error) };
  }
}

/** JSON, which is YAML. */
async function writeConfiguration(folder: string, observed: readonly Observed[]): Promise<void> {
  const files = {
    'compose.json': await composeOf(folder),
    'prometheus.json': {
      global: { scrape_interval: '5s', evaluation_interval: '15s' },
      rule_files: ['/etc/prometheus/rules/*.yaml'],
      scrape_configs: [
        {
          job_name: 'airline',
          static_configs: observed.map(({ service, url }) => ({
            targets: [new URL(url).host],
            labels: { service, pod: service },
          })),
        },
      ],
    },
    'sources.json': {
      apiVersion: 1,
      datasources: [
        { name: 'Prometheus', uid: 'prometheus', type: 'prometheus', url: PROMETHEUS_URL, isDefault: true },
      ],
    },
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), JSON.stringify(content, null, 2));
  // Its containers run as other users.
  await chmod(folder, 0o755);
}

async function composeOf(folder: string) {
  const images = await readFile(join(root, 'infra/system/delivery/compose.observe.yaml'), 'utf8');
  const service = (name: string) => ({
    image: new RegExp(`image: (\\S*${name}\\S*)`).exec(images)?.[1],
    network_mode: 'host',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges'],
  });
  return {
    services: {
      prometheus: {
        ...service('prometheus'),
        command: [
          '--config.file=/etc/prometheus/config/config.yaml',
          '--storage.tsdb.path=/prometheus',
          `--web.listen-address=${PROMETHEUS}`,
          `--web.route-prefix=${PREFIX}`,
          `--web.external-url=${PROMETHEUS_URL}`,
        ],
        volumes: [
          `${folder}/prometheus.json:/etc/prometheus/config/config.yaml:ro`,
          `${parts}/prometheus/rules.yaml:/etc/prometheus/rules/rules.yaml:ro`,
          'prometheus:/prometheus',
        ],
      },
      grafana: {
        ...service('grafana'),
        environment: {
          GF_SERVER_HTTP_ADDR: '127.0.0.1',
          GF_SERVER_HTTP_PORT: String(GRAFANA_PORT),
          // Against DNS rebinding; its domain is localhost by default.
          GF_SERVER_ENFORCE_DOMAIN: 'true',
          GF_AUTH_ANONYMOUS_ENABLED: 'true',
          GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
          GF_ANALYTICS_REPORTING_ENABLED: 'false',
          GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
          GF_PLUGINS_PREINSTALL_DISABLED: 'true',
          GF_PATHS_DATA: '/data',
          GF_PATHS_LOGS: '/data/log',
        },
        tmpfs: ['/data', '/tmp'],
        volumes: [
          `${folder}/sources.json:/etc/grafana/provisioning/datasources/sources.yaml:ro`,
          `${parts}/grafana/providers.yaml:/etc/grafana/provisioning/dashboards/providers.yaml:ro`,
          `${parts}/grafana/dashboards:/var/lib/grafana/dashboards:ro`,
        ],
      },
    },
    volumes: { prometheus: {} },
  };
}
