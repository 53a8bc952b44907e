import { subgraph as dashboard } from '@airline/dashboard';
import { subgraph as flight } from '@airline/flight';
import { subgraph as payment } from '@airline/payment';
import { subgraph as reservation } from '@airline/reservation';
import { readConfig as readRouter, variables as routerVariables } from '@airline/router';
import type { Subgraph } from '@airline/service';
import { find, podPort, title, type Workload } from './manifest.ts';
import { ourServices } from './pods.ts';
import type { Surroundings } from './provided.ts';

type Env = Record<string, string | undefined>;

const SUBGRAPHS: Readonly<Record<string, Subgraph>> = { reservation, flight, payment, dashboard };

export const READERS: Readonly<Record<string, (env: Env) => { readonly port: number }>> = {
  reservation: reservation.readConfig,
  flight: flight.readConfig,
  payment: payment.readConfig,
  dashboard: dashboard.readConfig,
  router: readRouter,
};

/** Read by the driver of Postgres, not by us. */
export const OF_LIBRARIES = new Set(['PGUSER', 'PGPASSWORD']);

/** In the place of what a Secret of somebody else holds. */
const STAND_INS: Env = { REDIS_URL: 'rediss://:secret@redis.example.com:6380' };

/**
 * Has the services' own code read the variables that their pods would have: what it refuses, variables that it does not know,
 * and ports that it would not listen on.
 */
export function variableFaults({ manifests }: Surroundings): string[] {
  return ourServices(manifests).flatMap((workload) => {
    const of = title(workload.manifest);
    const service = workload.labels['app.kubernetes.io/name'] ?? '';
    const read = READERS[service];
    if (!read) return [`${of}: there is no service ${service}`];
    const env = environment(manifests, workload);
    const known = namesRead(service);
    const faults = Object.keys(env)
      .filter((name) => !(known.has(name) || OF_LIBRARIES.has(name)))
      .map((name) => `${of}: the code of ${service} does not read ${name}`);
    try {
      const { port } = read(env);
      if (podPort(workload.containers, 'http') !== port) faults.push(`${of}: it listens on port ${port}`);
    } catch (error) {
      faults.push(`${of}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return faults;
  });
}

function environment(manifests: Surroundings['manifests'], { namespace, containers }: Workload): Env {
  const variables = containers.flatMap(({ env = [] }) => env);
  const entries = variables.map(({ name, value, valueFrom }) => {
    const reference = valueFrom?.configMapKeyRef;
    if (!reference) return [name, value ?? STAND_INS[name]];
    const map = find(manifests, 'ConfigMap', namespace, reference.name ?? '');
    return [name, (map?.data as Env | undefined)?.[reference.key]];
  });
  return Object.fromEntries(entries) as Env;
}

/** The names of the variables that a service reads. */
export function namesRead(service: string): ReadonlySet<string> {
  const variables = service === 'router' ? routerVariables : SUBGRAPHS[service]?.variables;
  return new Set(Object.keys(variables ?? {}));
}
