import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { IProviderClass } from './custom-resources.ts';
import { find, type Manifest, ofKind } from './manifest.ts';

export interface Provided {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly keys?: readonly string[];
  readonly ports?: readonly number[];
  /** Overlays, and components on top of `local`. */
  readonly for: readonly string[];
}

/** What exists once an overlay is deployed: its own objects, and those that k8s/provided.yaml lists. */
export interface Surroundings {
  readonly manifests: readonly Manifest[];
  readonly provided: readonly Provided[];
}

export function surroundings(overlay: string, manifests: readonly Manifest[]): Surroundings {
  const template = readFileSync(join(import.meta.dirname, '../provided.yaml'), 'utf8');
  const all: readonly Provided[] = parse(template);
  return { manifests, provided: all.filter((one) => one.for.includes(overlay)) };
}

/** The keys of a ConfigMap or Secret, or undefined when there is none of that name. */
export function keysOf(
  { manifests, provided }: Surroundings,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  name: string,
): ReadonlySet<string> | undefined {
  const held = find(manifests, kind, namespace, name);
  if (held)
    return new Set([held.data, held.binaryData, held.stringData].flatMap((data) => Object.keys(data ?? {})));
  const synced =
    kind === 'Secret' &&
    ofKind<IProviderClass>(manifests, 'SecretProviderClass')
      .filter(({ metadata }) => metadata.namespace === namespace)
      .flatMap(({ spec }) => spec.secretObjects ?? [])
      .find(({ secretName }) => secretName === name);
  if (synced) return new Set(synced.data.map(({ key }) => key));
  const brought = provided.find(
    (one) => one.kind === kind && one.namespace === namespace && one.name === name,
  );
  return brought && new Set(brought.keys);
}
