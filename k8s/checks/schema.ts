import { type Manifest, title } from './manifest.ts';
import { watched } from './watched.ts';

/** A kind of @kubernetes-models: a class whose `validate` looks at the object that it is called on. */
type Model = { prototype: { validate(this: object): void } };

interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function moduleOf(apiVersion: string, kind: string): string {
  const group = apiVersion.split('/')[0] ?? '';
  if (group.endsWith('.istio.io')) return `@kubernetes-models/istio/${apiVersion}/${kind}`;
  if (group === 'monitoring.coreos.com')
    return `@kubernetes-models/prometheus-operator/${apiVersion}/${kind}`;
  return `kubernetes-models/${apiVersion}/${kind}`;
}

/** What does not fit the schema of its kind, and fields that the schema does not know. */
export async function schemaFaults(manifest: Manifest): Promise<string[]> {
  const { apiVersion, kind } = manifest;
  let model: Model | undefined;
  try {
    const models: Readonly<Record<string, Model>> = await import(moduleOf(apiVersion, kind));
    model = models[kind];
  } catch {
    return [`${title(manifest)}: there is no ${kind} in ${apiVersion}`];
  }
  const { object, unread } = watched(manifest);
  const faults: string[] = [];
  try {
    model?.prototype.validate.call(object);
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
