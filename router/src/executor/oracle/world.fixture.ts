import {
  type DocumentNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { fragmentsOf } from '../../syntax/selections.ts';
import type { Graph, Subgraph } from './graph.fixture.ts';
import { chosen, hash } from './hash.fixture.ts';
import type { Identities } from './identities.fixture.ts';
import { Reply } from './reply.fixture.ts';

/** What may be wrong with a field or with an element of a list. */
export const fieldFaults = [
  // Null, whatever the type, and nobody says why.
  'null',
  // An error, with the nulls that the subgraph's schema makes of it.
  'error',
  // An error at a null that the subgraph's schema may not allow.
  'errorKept',
  'pathless',
  'missing',
  'wrong',
] as const;

/** What may be wrong with an object, an entity or all responses of a subgraph. */
const otherFaults = [
  'typename',
  'numericKeys',
  'entity',
  'entityError',
  'short',
  'dataNull',
  'unavailable',
] as const;

export const faults = [...fieldFaults, ...otherFaults] as const;
export type Fault = (typeof faults)[number];
export type FieldFault = (typeof fieldFaults)[number];

/** Decides all that subgraphs return: the same for one object's field whichever request asks for it. */
export interface WorldSeed {
  readonly seed: number;
  readonly faults: readonly Fault[];
}

export interface Response {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

const WRONG: readonly unknown[] = ['text', 7, 1.5, true, { x: 1 }, [], ['text'], [[1]], 'LOW', ''];
const WRONG_TYPENAMES: readonly unknown[] = ['Nonsense', 7, null];

const depthOf = (value: unknown): number =>
  Array.isArray(value) ? 1 + Math.max(0, ...value.map(depthOf)) : 0;

const documents = new Map<string, OperationDefinitionNode>();

function operationOf(query: string): OperationDefinitionNode {
  const known = documents.get(query);
  if (known) return known;
  const [operation] = withoutSpreads(parse(query, { noLocation: true })).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A fetch is not one operation.');
  if (documents.size > 5_000) documents.clear();
  documents.set(query, operation);
  return operation;
}

export function withoutSpreads(document: DocumentNode): DocumentNode {
  const fragments = fragmentsOf(document);
  return visit(document, {
    FragmentSpread: ({ name }): InlineFragmentNode | undefined => {
      const fragment = fragments.get(name.value);
      if (!fragment) return undefined;
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
    },
  });
}

/** The subgraphs during one execution. */
export class World {
  readonly identities: Identities;
  readonly whole: Subgraph | undefined;
  readonly #seed: WorldSeed;
  readonly #fields: readonly FieldFault[];
  readonly #subgraphs: Graph['subgraphs'];
  /** The response names of mutations' fields, as they were executed: what comes later returns something else. */
  readonly mutations: string[] = [];
  /** What has been wrong in it. */
  readonly met = new Set<Fault>();
  /** Where a subgraph was told something else than the truth of what a field requires; with a whole alone. */
  readonly untruths: string[] = [];
  /** The messages of all errors that it has returned. */
  readonly errors = new Set<string>();

  /**
   * @param whole the supergraph as one subgraph: what a field returns then depends on no representation, and nothing is
   *   wrong with keys and with what may not be null
   */
  constructor(graph: Graph, identities: Identities, seed: WorldSeed, whole?: Subgraph) {
    this.whole = whole;
    this.identities = identities;
    this.#subgraphs = graph.subgraphs;
    this.#seed = seed;
    this.#fields = fieldFaults.filter((fault) => seed.faults.includes(fault));
  }

  /** @returns the response, or undefined where the subgraph is unavailable */
  async send(
    name: string,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Response | undefined> {
    const subgraph = this.#subgraphs.get(name);
    if (!subgraph) throw new Error(`There is no subgraph "${name}".`);
    const turns = hash(this.#seed.seed, query) % 4;
    for (let turn = 0; turn < turns; turn++) await undefined;
    if (this.#isFaulty('unavailable', name)) return undefined;
    const response = this.#isFaulty('dataNull', name)
      ? { data: null, errors: [{ message: `${name} has no data` }] }
      : new Reply(this, subgraph, variables).to(operationOf(query));
    for (const { message } of response.errors) this.errors.add(message);
    return response;
  }

  /** What the supergraph as a whole returns for an operation without named fragments. */
  truth(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Response {
    if (!this.whole) throw new Error('There is no whole.');
    return new Reply(this, this.whole, variables).to(operation);
  }

  #isFaulty(fault: Fault, name: string): boolean {
    const faulty = this.#seed.faults.includes(fault) && hash(this.#seed.seed, fault, name) % 2 === 0;
    if (faulty) this.met.add(fault);
    return faulty;
  }

  isShort = ({ name }: Subgraph): boolean => this.#isFaulty('short', name);

  number(coordinate: string): number {
    return hash(this.#seed.seed, coordinate);
  }

  /** @param rarity how many times rarer than elsewhere */
  fault(coordinate: string, rarity = 1): FieldFault | undefined {
    if (this.#fields.length === 0 || hash(this.#seed.seed, 'faulty', coordinate) % (6 * rarity) > 0)
      return undefined;
    const fault = chosen(this.#fields, this.#seed.seed, 'fault', coordinate);
    this.met.add(fault);
    return fault;
  }

  /** @param depth how deep lists may be nested; the gateway takes a list for an object, so none is in its place */
  wrong(coordinate: string, depth: number): unknown {
    const values = WRONG.filter((value) => depthOf(value) <= depth);
    return structuredClone(chosen(values, this.#seed.seed, 'wrong', coordinate));
  }

  /** @param possible the types that may be there; the gateway believes any for an object whose type is no question */
  typename(coordinate: string, name: string, possible: readonly string[]): unknown {
    const { seed, faults } = this.#seed;
    if (possible.length === 0) return name;
    if (!faults.includes('typename') || hash(seed, 'typename', coordinate) % 5 > 0) return name;
    this.met.add('typename');
    return chosen([...WRONG_TYPENAMES, ...possible], seed, 'wrong typename', coordinate);
  }

  hasNumericKeys(family: string): boolean {
    const { seed, faults } = this.#seed;
    const numeric = faults.includes('numericKeys') && hash(seed, 'numeric', family) % 2 === 0;
    if (numeric) this.met.add('numericKeys');
    return numeric;
  }

  /** What is wrong with an entity as a subgraph knows it. */
  entityFault({ name }: Subgraph, coordinate: string): 'entity' | 'entityError' | undefined {
    const { seed, faults } = this.#seed;
    const possible = (['entity', 'entityError'] as const).filter((fault) => faults.includes(fault));
    if (possible.length === 0 || hash(seed, 'entity', name, coordinate) % 4 > 0) return undefined;
    const fault = chosen(possible, seed, name, coordinate);
    this.met.add(fault);
    return fault;
  }
}
