import { Kind, type SelectionSetNode } from 'graphql';
import type { Graph } from './graph.fixture.ts';
import { hash } from './hash.fixture.ts';

/** What makes an object the same whichever subgraph, fetch and path it is asked for by. */
export interface Identity {
  /** The name of an entity's type or of the interface that its key is of; of a root type. */
  readonly family: string;
  readonly index: number;
  /** From the entity to an object without a key. */
  readonly path: string;
}

/** Entities of one family. */
const COUNT = 4;

export const textOf = ({ family, index, path }: Identity): string => `${family}:${index}${path}`;

/** Which entities there are, and what their keys are. */
export class Identities {
  readonly #graph: Graph;
  readonly #familyOf: ReadonlyMap<string, string>;
  readonly #keyLeaves = new Set<string>();

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#familyOf = new Map(
      [...graph.families].flatMap(([family, types]) => types.map((type) => [type, family] as const)),
    );
    const collect = (prefix: string, set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind !== Kind.FIELD) continue;
        const here = `${prefix}.${selection.name.value}`;
        this.#keyLeaves.add(here);
        if (selection.selectionSet) collect(here, selection.selectionSet);
      }
    };
    for (const [type, sets] of graph.keys) for (const set of sets) collect(this.family(type), set);
  }

  isEntity(type: string): boolean {
    return this.#graph.keys.has(type);
  }

  family(type: string): string {
    return this.#familyOf.get(type) ?? type;
  }

  /** The object type of an entity whose type may be an interface. */
  concrete({ family, index }: Identity): string {
    const types = this.#graph.families.get(family);
    return types?.[index % types.length] ?? family;
  }

  /** One of the entities of a type, which may be an interface or one of its object types. */
  pick(type: string, number: number): Identity {
    const family = this.family(type);
    const types = this.#graph.families.get(family);
    const place = types?.indexOf(type) ?? -1;
    const index = place < 0 ? number % COUNT : place + (types?.length ?? 1) * (number % 2);
    return { family, index, path: '' };
  }

  /** Whether a field is, or is part of, a key of the entity that holds it. */
  isKey({ family, path }: Identity, field: string): boolean {
    return this.#keyLeaves.has(`${family}${path}.${field}`);
  }

  /**
   * The entity that a representation means: the one that the leaves of a key agree on. One whose key is damaged is an
   * entity of its own.
   */
  read(representation: Readonly<Record<string, unknown>>): Identity {
    const type = String(representation.__typename);
    const family = this.family(type);
    for (const key of this.#graph.keys.get(type) ?? []) {
      const found = new Set(leaves(representation, key));
      if (found.has('absent')) continue;
      const [text, ...others] = new Set([...found].map((leaf) => /^(?:.*-)?(\d+)$/.exec(leaf)?.[1]));
      const index = others.length === 0 && text !== undefined ? Number(text) : 1_000 + hash(...found);
      return { family, index, path: '' };
    }
    return { family, index: 999, path: '' };
  }
}

function leaves(value: unknown, { selections }: SelectionSetNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD) return [];
    const known = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const inner: unknown = known.find(([name]) => name === selection.name.value)?.[1];
    if (inner === undefined) return ['absent'];
    if (Array.isArray(inner)) return inner.map(String);
    return selection.selectionSet && typeof inner === 'object' && inner !== null
      ? leaves(inner, selection.selectionSet)
      : [typeof inner === 'object' ? digits(inner) : String(inner)];
  });
}

/** Text that is one for a number and its digits, since an ID may be sent as either. */
const digits = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' ? String(inner) : inner));
