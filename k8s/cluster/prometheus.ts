import { kubectl } from './kubectl.ts';

/** Through its Service, as the API server reaches it. */
const API = '/api/v1/namespaces/observability/services/prometheus:http/proxy/prometheus/api/v1';

/**
 * Asks the airline's Prometheus: https://prometheus.io/docs/prometheus/latest/querying/api/.
 *
 * @throws Error when it refuses, or responds with a warning
 */
async function askPrometheus<Data>(path: string, parameters: Readonly<Record<string, string>> = {}) {
  const answer = await kubectl(['get', '--raw', `${API}/${path}?${new URLSearchParams(parameters)}`]);
  const { status, data, warnings }: { status: string; data: Data; warnings?: readonly string[] } =
    JSON.parse(answer);
  if (status !== 'success' || warnings?.length)
    throw new Error(`Prometheus answers ${path} ${JSON.stringify(parameters)} with ${answer}`);
  return data;
}

export interface Target {
  readonly labels: { readonly job: string; readonly service: string; readonly pod: string };
  readonly health: 'up' | 'down' | 'unknown';
  readonly lastError: string;
}

/** What it scrapes. */
export async function targets(): Promise<readonly Target[]> {
  const { activeTargets } = await askPrometheus<{ activeTargets: Target[] }>('targets', { state: 'active' });
  return activeTargets;
}

export interface Rule {
  readonly name: string;
  readonly type: 'alerting' | 'recording';
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
}

/** The rules that it has loaded, and how their last evaluation went. */
export async function loadedRules(): Promise<readonly Rule[]> {
  const { groups } = await askPrometheus<{ groups: { rules: Rule[] }[] }>('rules');
  return groups.flatMap(({ rules }) => rules);
}

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

/** The alerts that fire or soon will. */
export async function alerts(): Promise<readonly Alert[]> {
  const { alerts: active } = await askPrometheus<{ alerts: Alert[] }>('alerts');
  return active;
}

/** The numbers that a query in PromQL has for an answer, one for each series; `NaN` is none. */
export async function numbersOf(query: string): Promise<readonly number[]> {
  const { result } = await askPrometheus<{ result: { value: [number, string] }[] }>('query', { query });
  return result.map(({ value: [, number] }) => Number(number)).filter((number) => !Number.isNaN(number));
}

/** The values of a label among the series of a metric. */
export async function labelValues(metric: string, label: string): Promise<readonly string[]> {
  return await askPrometheus<string[]>(`label/${label}/values`, { 'match[]': metric });
}
