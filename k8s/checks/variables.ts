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
 * ports that it would not listen on.
 */
export async function variableFaults({ manifests }: Surroundings): Promise<string[]> {
  const readers = await loadReaders();
  return ourServices(manifests).flatMap((workload) => {
    const of = title(workload.manifest);
    const service = workload.labels['app.kubernetes.io/name'] ?? '';
    const reader = readers.get(service);
    if (!reader) return [`${of}: there is no service ${service}`];
    const { env, expanded, faults } = environment(manifests, workload);
    faults.push(
      ...Object.keys(env)
        .filter((name) => !(name in reader.variables || OF_LIBRARIES.has(name) || expanded.has(name)))
        .map((name) => `the code of ${service} does not read ${name}`),
    );
    try {
      const { port } = reader.readConfig(env);
      if (podPort(workload.containers, 'http') !== port) faults.push(`it listens on port ${port}`);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
    return faults.map((fault) => `${of}: ${fault}`);
  });
}

/** A pod's variables with `$(NAME)` expanded, as Kubernetes does for variables that stand above, and the names expanded. */
function environment(manifests: readonly Manifest[], { namespace, containers }: Workload) {
  const env: Env = {};
  const expanded = new Set<string>();
  const faults: string[] = [];
  for (const { name, value, valueFrom } of containers.flatMap((container) => container.env ?? [])) {
    const reference = valueFrom?.configMapKeyRef;
    const map = reference && find(manifests, 'ConfigMap', namespace, reference.name ?? '');
    const own = value?.replaceAll(/\$\((\w+)\)/g, (reference, other: string) => {
      expanded.add(other);
      if (!(other in env)) faults.push(`no variable above defines ${reference}`);
      return env[other] ?? '';
    });
    env[name] = reference ? map?.data?.[reference.key] : (own ?? STAND_INS[name]);
  }
  return { env, expanded, faults };
}
