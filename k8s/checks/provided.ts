import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { find, type Manifest } from './manifest.ts';

interface Provided {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly keys?: readonly string[];
  readonly ports?: readonly number[];
  /** Overlays, and components on top of `local`. */
  readonly for: readonly string[];
}

/** All that is there when an overlay has been deployed: what it holds, and what k8s/provided.yaml says that others bring. */
export interface Surroundings {
  readonly manifests: readonly Manifest[];
  readonly provided: readonly Provided[];
}

export function surroundings(overlay: string, manifests: readonly Manifest[]): Surroundings {
  const all = parse(readFileSync(join(import.meta.dirname, '../provided.yaml'), 'utf8')) as Provided[];
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
  const brought = provided.find(
    (one) => one.kind === kind && one.namespace === namespace && one.name === name,
  );
  return brought && new Set(brought.keys);
}
