import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { root } from './kubectl.ts';
import { loadReaders, OF_LIBRARIES } from './readers.ts';

interface Compose {
  readonly include?: readonly { readonly path: readonly string[] }[];
  readonly services: Readonly<Record<string, Service>>;
}

interface Service {
  readonly build?: { readonly args: { readonly SERVICE: string } };
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly image?: string;
  readonly profiles?: readonly string[];
  /** `./host/path:/container/path:ro`, or with the name of a volume in place of the first. */
  readonly volumes?: readonly string[];
  /** `127.0.0.1:3000:3000`. */
  readonly ports?: readonly string[];
}

/**
 * What the services' own code would refuse of the compose file, variables that it does not know, and images of another service.
 *
 * @param text of `file`, which is compose.yaml or one that it includes
 */
export async function composeFaults(text: string, file: string): Promise<string[]> {
  const folder = join(root, dirname(file));
  const read = (name: string): Compose =>
    parse(name === basename(file) ? text : readFileSync(join(folder, name), 'utf8'), { merge: true });
  const included = (read('compose.yaml').include ?? []).flatMap(({ path }) => path);
  const missing = included.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) return missing.map((name) => `there is no ${name}`);
  const services = new Map<string, Service>();
  for (const [name, service] of included.flatMap((each) => Object.entries(read(each).services))) {
    const before = services.get(name);
    const environment = { ...before?.environment, ...service.environment };
    services.set(name, { ...before, ...service, environment });
  }
  return [...(await loadReaders())].flatMap(([name, { variables, readConfig }]) => {
    const service = services.get(name);
    if (!service) return [`${name}: it is missing`];
    const env = Object.fromEntries(
      // Compose takes one without a value from the shell, or leaves it out.
      Object.entries(service.environment ?? {}).map(([variable, value]) => [variable, value ?? undefined]),
    );
    const faults = Object.keys(env)
      .filter((variable) => !(variable in variables || OF_LIBRARIES.has(variable)))
      .map((variable) => `${name}: its code does not read ${variable}`);
    if (service.build?.args.SERVICE !== name)
      faults.push(`${name}: it runs the image of ${service.build?.args.SERVICE}`);
    // It is published on loopback, where a page of any name that leads there would be let in (DNS rebinding).
    if (env.OPEN === 'true' && env.ALLOWED_HOSTS === undefined)
      faults.push(`${name}: it is open, and has no ALLOWED_HOSTS`);
    try {
      readConfig(env);
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return faults;
  });
}

interface Workload {
  readonly spec?: { readonly template?: { readonly spec: { readonly containers: readonly Service[] } } };
}

/** What a cluster observes the airline with, by service of the compose file. */
const OBSERVERS = 'k8s/components/observability';

/**
 * What is wrong with what observes the system in compose: it starts unasked, mounts what does not exist, is reached from other
 * machines, or is of another version than in a cluster, whose boards and rules it has.
 */
export function observeFaults(text: string, file: string): string[] {
  const { services }: Compose = parse(text, { merge: true });
  return Object.entries(services).flatMap(([name, { image, profiles = [], volumes = [], ports = [] }]) => {
    const mounted = volumes
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((path) => path.startsWith('.'));
    const manifest = readFileSync(join(root, OBSERVERS, name, `${name}.yaml`), 'utf8');
    const images = parseAllDocuments(manifest)
      .map((document): Workload => document.toJS())
      .flatMap(({ spec }) => spec?.template?.spec.containers ?? [])
      .map((container) => container.image);
    return [
      ...(profiles.includes('observe') ? [] : ['it starts unasked']),
      ...(images.includes(image) ? [] : [`it is ${image}, and ${images.join()} in a cluster`]),
      ...mounted
        .filter((path) => !existsSync(join(root, dirname(file), path)))
        .map((path) => `there is no ${path}`),
      ...ports
        .filter((port) => !port.startsWith('127.0.0.1:'))
        .map((port) => `${port} is open to other machines`),
    ].map((fault) => `${name}: ${fault}`);
  });
}
