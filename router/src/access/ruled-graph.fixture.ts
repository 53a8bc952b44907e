import type { Caller } from '@airline/service/server';
import { GraphQLError, type GraphQLObjectType, Kind, parse, type SelectionSetNode, visit } from 'graphql';
import { executeOperation } from '../executor/executor.ts';
import type { Graph } from '../executor/oracle/graph.fixture.ts';
import { Identities } from '../executor/oracle/identities.fixture.ts';
import { World } from '../executor/oracle/world.fixture.ts';
import type { Operation } from '../executor/oracle/write-operation.fixture.ts';
import { planOnly } from '../pipeline/plan.fixture.ts';
import type { Snapshot } from '../pipeline/snapshot.ts';
import { authorityOf } from '../request.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';
import { fragmentsOf } from '../syntax/selections.ts';
import type { Access } from './access.ts';
import { narrowed, objectTypes } from './touched.ts';

/** A text that a subgraph was sent. */
export interface Sent {
  readonly subgraph: string;
  readonly query: string;
}

/** A router's executor over made-up subgraphs, whose data depends on a seed alone. */
export class RuledGraph {
  readonly snapshot: Snapshot;
  readonly #graph: Graph;
  readonly #identities: Identities;
  #world: World | undefined;
  #sent: Sent[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#identities = new Identities(graph);
    const clients = [...graph.subgraphs.keys()].map((name): [string, SubgraphClient] => [
      name,
      {
        name,
        send: async ({ body }) => {
          const { query, variables } = JSON.parse(body);
          this.#sent.push({ subgraph: name, query });
          return (await this.#world?.send(name, query, variables)) ?? { failure: 'away' };
        },
      },
    ]);
    this.snapshot = createSnapshot(graph.sdl, Object.fromEntries(clients));
  }

  /** @returns undefined where the planner refuses by an assertion of its own */
  async run(seed: number, { text, variables }: Operation, caller: Caller, access: Access) {
    let planned: ReturnType<typeof planOnly>;
    try {
      planned = planOnly(text, { ...this.snapshot, access }, { variables, caller });
    } catch (error) {
      if (error instanceof GraphQLError) throw error;
      return undefined;
    }
    this.#world = new World(this.#graph, this.#identities, { seed, faults: [] });
    this.#sent = [];
    const client = { authority: authorityOf(caller), source: 'test', forwarded: {} };
    const { data, errors = [] } = await executeOperation({ compiled: planned.compiled, variables, client });
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
      // An executor's errors are GraphQL's.
      errors: errors as readonly GraphQLError[],
      denied: planned.denied,
      sent: this.#sent,
    };
  }

  /** The names of fields that the router may fetch for itself: of keys, and of what the fields that a text names require. */
  internal(text: string): Set<string> {
    const internal = new Set([...this.#graph.keys.values()].flat().flatMap(fieldNames));
    const named = new Set(text.match(/\w+/g));
    const requires = [...this.#graph.subgraphs.values()].flatMap((subgraph) => [...subgraph.requires]);
    // What is required may itself require something.
    for (const _ of requires)
      for (const [coordinate, set] of requires) {
        if (!named.has(coordinate.split('.')[1] ?? '')) continue;
        for (const name of fieldNames(set)) internal.add(name) && named.add(name);
      }
    return internal;
  }

  /** The fields that texts ask of objects, as `Type.field`; of an interface's, those of all types that they may be for. */
  asked(sent: readonly Sent[]): Set<string> {
    const asked = new Set<string>();
    for (const { subgraph, query } of sent) this.#ask(subgraph, query, asked);
    return asked;
  }

  #ask(subgraph: string, query: string, asked: Set<string>): void {
    const schema = this.#graph.subgraphs.get(subgraph)?.schema;
    const document = parse(query, { noLocation: true });
    const [operation] = document.definitions;
    if (!schema || operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Not an operation.');
    const fragments = fragmentsOf(document);
    const walk = ({ selections }: SelectionSetNode, types: readonly GraphQLObjectType[]): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const { name, selectionSet } = selection;
          for (const type of types) asked.add(`${type.name}.${name.value}`);
          const below = new Set(
            types.flatMap((type) => {
              const returned = type.getFields()[name.value]?.type;
              return returned ? objectTypes(returned, schema) : [];
            }),
          );
          if (selectionSet) walk(selectionSet, [...below]);
          continue;
        }
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment)
          walk(fragment.selectionSet, narrowed(types, fragment.typeCondition?.name.value, schema));
      }
    };
    const root = schema.getRootType(operation.operation);
    if (root) walk(operation.selectionSet, [root]);
  }
}

function fieldNames(set: SelectionSetNode): string[] {
  const names: string[] = [];
  visit(set, { Field: ({ name }) => void names.push(name.value) });
  return names;
}
