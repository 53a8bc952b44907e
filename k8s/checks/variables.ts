import { secretsIn } from '@airline/service';
import type { IContainer } from 'kubernetes-models/v1/Container';
import { find, type Manifest, podPort, title, type Workload } from './manifest.ts';
import { ourServices } from './pods.ts';
import type { Surroundings } from './provided.ts';
import { type Env, loadReaders, OF_LIBRARIES } from './readers.ts';

/** In the place of what a Secret of another system holds. */
const STAND_INS: Env = {
  REDIS_URL: 'rediss://:secret@redis.example.com:10000',
  SUBGRAPH_SECRET: 'a secret of router and subgraphs',
};

/**
 * Has the services' own code read the variables of their pods: reports what it refuses, variables that it does not know, and
 * ports that it would not listen on. A secret is to come from a Secret; a URL that has no password is none.
 */
export async function variableFaults({ manifests }: Surroundings): Promise<string[]> {
  const readers = await loadReaders();
  return ourServices(manifests).flatMap((workload) => {
    const of = title(workload.manifest);
    const service = workload.labels['app.kubernetes.io/name'] ?? '';
    const reader = readers.get(service);
    if (!reader) return [`${of}: there is no service ${service}`];
    const { env, clear, expanded, faults } = environment(manifests, workload);
    faults.push(
      ...Object.keys(env)
        .filter((name) => !(name in reader.variables || OF_LIBRARIES.has(name) || expanded.has(name)))
        .map((name) => `the code of ${service} does not read ${name}`),
    );
    for (const [name, text = ''] of Object.entries(clear)) {
      const schema = reader.variables[name] ?? OF_LIBRARIES.get(name);
      if (schema && secretsIn(schema, text).some(Boolean))
        faults.push(`${name} holds a secret in clear text; it has to be from a Secret`);
    }
    try {
      const { port } = reader.readConfig(env);
      if (podPort(workload.containers, 'http') !== port) faults.push(`it listens on port ${port}`);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
    return faults.map((fault) => `${of}: ${fault}`);
  });
}

/**
 * A pod's variables with `$(NAME)` expanded, as Kubernetes does for variables that stand above, and the names expanded; in
 * `clear`, what anyone reads of them who may not read Secrets.
 */
function environment(manifests: readonly Manifest[], { namespace, containers }: Workload) {
  const env: Env = {};
  const clear: Env = {};
  const expanded = new Set<string>();
  const faults: string[] = [];
  for (const [name, text] of containers.flatMap((container) => wholeMaps(manifests, namespace, container)))
    env[name] = clear[name] = text;
  for (const { name, value, valueFrom } of containers.flatMap((container) => container.env ?? [])) {
    const reference = valueFrom?.configMapKeyRef;
    const map = reference && find(manifests, 'ConfigMap', namespace, reference.name ?? '');
    const expand = (known: Env) =>
      value?.replaceAll(/\$\((\w+)\)/g, (_whole, other: string) => known[other] ?? '');
    for (const [whole, other = ''] of value?.matchAll(/\$\((\w+)\)/g) ?? []) {
      expanded.add(other);
      if (!(other in env)) faults.push(`no variable above defines ${whole}`);
    }
    const own = reference ? map?.data?.[reference.key] : undefined;
    env[name] = reference ? own : (expand(env) ?? STAND_INS[name]);
    // What lacks in the map would be put there.
    clear[name] = reference ? (own ?? reference.key) : expand(clear);
  }
  return { env, clear, expanded, faults };
}

/** The variables of ConfigMaps that a container has as a whole. */
function wholeMaps(manifests: readonly Manifest[], namespace: string, { envFrom = [] }: IContainer) {
  return envFrom.flatMap(({ configMapRef, prefix = '' }) => {
    const map = configMapRef && find(manifests, 'ConfigMap', namespace, configMapRef.name ?? '');
    return Object.entries(map?.data ?? {}).map(([key, text]) => [`${prefix}${key}`, text] as const);
  });
}
