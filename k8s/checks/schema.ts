import { customResources, type Model } from './custom-resources.ts';
import { type Manifest, title } from './manifest.ts';
import { watched } from './watched.ts';

interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Kubernetes' own schemas: 1.36, and the oldest version that the manifests are for. */
const KUBERNETES = ['kubernetes-models', 'kubernetes-models-1.33'];

/** What the oldest Gateway API that the manifests are for, 1.3, does not have: of 1.5. */
const TOO_NEW: readonly string[] = ['gateway.networking.k8s.io/v1/ReferenceGrant'];

function packagesOf(apiVersion: string): readonly string[] {
  const group = apiVersion.split('/')[0] ?? '';
  if (group.endsWith('.istio.io')) return ['@kubernetes-models/istio'];
  if (group === 'monitoring.coreos.com') return ['@kubernetes-models/prometheus-operator'];
  if (group === 'gateway.networking.k8s.io') return ['@kubernetes-models/gateway-api'];
  return KUBERNETES;
}

async function modelOf(pack: string, apiVersion: string, kind: string): Promise<Model | undefined> {
  if (TOO_NEW.includes(`${apiVersion}/${kind}`)) return undefined;
  const own = customResources.get(`${apiVersion}/${kind}`);
  if (own) return own;
  try {
    const models: Readonly<Record<string, Model>> = await import(`${pack}/${apiVersion}/${kind}`);
    return models[kind];
  } catch {
    return undefined;
  }
}

/**
 * What does not fit the schemas of its kind, of the oldest and the newest version, fields that one of them does not know, and
 * a version of the API that a stable one replaces.
 */
export async function schemaFaults(manifest: Manifest): Promise<string[]> {
  const { apiVersion, kind } = manifest;
  const packages = packagesOf(apiVersion);
  const faults = await Promise.all(
    packages.map(async (pack) => {
      const model = await modelOf(pack, apiVersion, kind);
      return model
        ? modelFaults(model, manifest)
        : [`${title(manifest)}: there is no ${kind} in ${apiVersion}`];
    }),
  );
  const stable = apiVersion.replace(/(?:alpha|beta)\d+$/, '');
  const isReplaced =
    stable !== apiVersion &&
    (await Promise.all(packages.map((pack) => modelOf(pack, stable, kind)))).every(Boolean);
  const replaced = isReplaced ? [`${title(manifest)}: ${stable} replaces ${apiVersion}`] : [];
  return [...new Set(faults.flat()), ...replaced];
}

function modelFaults(model: Model, manifest: Manifest): string[] {
  const { object, unread } = watched(manifest);
  const faults: string[] = [];
  try {
    model.prototype.validate.call(object);
  } catch (error) {
    if (!(error instanceof Error && 'errors' in error)) throw error;
    // What the models throw has no type; it holds the errors of ajv.
    for (const { instancePath, keyword, params } of error.errors as SchemaError[]) {
      faults.push(`${title(manifest)}: ${path(instancePath)} breaks ${keyword}: ${JSON.stringify(params)}`);
    }
  }
  return [...faults, ...unread().map((field) => `${title(manifest)}: unknown field ${path(field)}`)];
}

/** A JSON pointer as people write it: `spec.containers.0.image`. */
function path(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}
