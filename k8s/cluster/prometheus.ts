import { kubectl } from './kubectl.ts';

/** Through its Service, as the API server reaches it. */
const API = '/api/v1/namespaces/observability/services/prometheus:http/proxy/prometheus/api/v1';

/**
 * Calls the API of the airline's Prometheus: https://prometheus.io/docs/prometheus/latest/querying/api/.
 *
 * @throws Error when it refuses, or responds with a warning
 */
async function callPrometheus<Data>(path: string, parameters: Readonly<Record<string, string>> = {}) {
  const response = await kubectl(['get', '--raw', `${API}/${path}?${new URLSearchParams(parameters)}`]);
  const { status, data, warnings }: { status: string; data: Data; warnings?: readonly string[] } =
    JSON.parse(response);
  if (status !== 'success' || warnings?.length)
    throw new Error(`Prometheus returned for ${path} ${JSON.stringify(parameters)}: ${response}`);
  return data;
}

export interface Target {
  readonly labels: { readonly job: string; readonly service: string; readonly pod: string };
  readonly health: 'up' | 'down' | 'unknown';
  readonly lastError: string;
}

/** What it scrapes. */
export async function targets(): Promise<readonly Target[]> {
  const { activeTargets } = await callPrometheus<{ activeTargets: Target[] }>('targets', { state: 'active' });
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
  const { groups } = await callPrometheus<{ groups: { rules: Rule[] }[] }>('rules');
  return groups.flatMap(({ rules }) => rules);
}

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

/** The alerts that fire or soon will. */
export async function alerts(): Promise<readonly Alert[]> {
  const { alerts: active } = await callPrometheus<{ alerts: Alert[] }>('alerts');
  return active;
}

/** The numbers that a query in PromQL returns, one for each series; `NaN` is left out. */
export async function numbersOf(query: string): Promise<readonly number[]> {
  const { result } = await callPrometheus<{ result: { value: [number, string] }[] }>('query', { query });
  return result.map(({ value: [, number] }) => Number(number)).filter((number) => !Number.isNaN(number));
}
