import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig as readDashboard } from '@airline/dashboard/config';
import { readConfig as readFlight } from '@airline/flight/config';
import { readConfig as readPayment } from '@airline/payment/config';
import { readConfig as readReservation } from '@airline/reservation/config';
import { readConfig as readRouter } from '@airline/router';
import { root } from './kubectl.ts';
import { find, podPort, title, type Workload } from './manifest.ts';
import { ourServices } from './pods.ts';
import type { Surroundings } from './provided.ts';

type Env = Record<string, string | undefined>;

export const READERS: Readonly<Record<string, (env: Env) => { readonly port: number }>> = {
  reservation: readReservation,
  flight: readFlight,
  payment: readPayment,
  dashboard: readDashboard,
  router: readRouter,
};

/** The sources that read variables, beside the config.ts of each service. */
const SHARED = ['service-config.ts', 'telemetry-config.ts'].map(
  (file) => `infra/platform/service/src/config/${file}`,
);

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

/** Names in the schemas of the sources; those that begin with the service's name are written with it left out. */
export function namesRead(service: string): ReadonlySet<string> {
  const own = service === 'router' ? 'router/src/config.ts' : `subgraphs/${service}/src/config.ts`;
  const shared = service === 'router' ? SHARED.slice(1) : SHARED;
  const sources = [own, ...shared].map((file) => readFileSync(join(root, file), 'utf8'));
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is looked for in source text.
  const text = sources.join('\n').replaceAll('${service.toUpperCase()}', service.toUpperCase());
  return new Set(text.match(/\b[A-Z][A-Z\d_]+\b/g));
}
