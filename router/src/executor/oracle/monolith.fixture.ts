import { everyone } from '@airline/service/server';
import fc from 'fast-check';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { operationOf } from '../../corrections/index.ts';
import type { PlannedOperation } from '../../pipeline/operation.ts';
import { planOnly } from '../../pipeline/plan.fixture.ts';
import type { Snapshot } from '../../pipeline/snapshot.ts';
import { authorityOf } from '../../request.ts';
import type { SubgraphClient } from '../../sources/subgraph-request.ts';
import { forGateway } from '../../supergraph/gateway-features.ts';
import { createSnapshot } from '../../supergraph/snapshot.ts';
import { conditionVariables, decide, resolveConditions } from '../../syntax/conditions.ts';
import { executeOperation } from '../executor.ts';
import type { Graph, Subgraph } from './graph.fixture.ts';
import { Identities } from './identities.fixture.ts';
import { operationChoices } from './operations.fixture.ts';
import { type Fault, World, withoutSpreads } from './world.fixture.ts';
import { type Operation, writeOperation } from './write-operation.fixture.ts';

/** What a run has examined. */
export interface Tally {
  /** Operations that were answered, each in two worlds. */
  answered: number;
  /** Operations that the planner refuses, by its message. */
  readonly refused: Map<string, number>;
  /** The operation and the world in which the router is wrong, if there is one. */
  counterexample: string | undefined;
}

const client = { authority: authorityOf(everyone), source: 'test', forwarded: {} };

/** All values are there, or some that may be null are. */
const worlds: readonly (readonly Fault[])[] = [[], ['null']];

/**
 * Generated operations over one supergraph, by the router over its subgraphs, and by the supergraph as a whole, which has
 * every field and needs no plan. Both must return the same, and what a field requires must be told to its subgraph as it is.
 *
 * @param seed of the operations and of the worlds
 */
export async function runMonolith(
  graph: Graph,
  { operations, seed }: { readonly operations: number; readonly seed: number },
): Promise<Tally> {
  const monolith = new Monolith(graph);
  const { schema } = monolith.snapshot;
  const names = Object.values(schema.getTypeMap()).flatMap((type) =>
    'getFields' in type && !type.name.startsWith('__') ? Object.keys(type.getFields()) : [],
  );
  const tally: Tally = { answered: 0, refused: new Map(), counterexample: undefined };
  const property = fc.asyncProperty(operationChoices, fc.nat(1_000_000), async (choice, world) => {
    const operation = writeOperation(choice, schema, names);
    const planned = plan(operation, monolith.snapshot, tally);
    if (!planned) return;
    tally.answered += 1;
    for (const faults of worlds) await monolith.examine(operation, planned, { seed: world, faults });
  });
  const result = await fc.check(property, { seed, numRuns: operations, endOnFailure: true });
  if (result.failed) tally.counterexample = String(result.errorInstance);
  return tally;
}

/** What the planner cannot plan the router refuses. */
function plan(
  { text, variables }: Operation,
  snapshot: Snapshot,
  { refused }: Tally,
): PlannedOperation | undefined {
  try {
    return planOnly(text, snapshot, { variables });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    refused.set(message, (refused.get(message) ?? 0) + 1);
    return undefined;
  }
}

/** One supergraph, as it is and as a whole. */
class Monolith {
  readonly snapshot: Snapshot;
  readonly #graph: Graph;
  readonly #identities: Identities;
  readonly #whole: Subgraph;
  #world: World | undefined;

  constructor(graph: Graph) {
    const clients = [...graph.subgraphs.keys()].map((name): [string, SubgraphClient] => [
      name,
      { name, send: ({ body }) => this.#send(name, body) },
    ]);
    this.snapshot = createSnapshot(forGateway(graph.sdl), Object.fromEntries(clients));
    this.#graph = { ...graph, families: sorted(graph.families, this.snapshot.schema) };
    this.#identities = new Identities(this.#graph);
    const schema = this.snapshot.supergraphSchema;
    this.#whole = { name: 'whole', schema, requires: new Map(), nested: new Set() };
  }

  async #send(name: string, body: string) {
    const { query, variables } = JSON.parse(body);
    const response = await this.#world?.send(name, query, variables);
    return response ?? { failure: `${name} is unavailable` };
  }

  /** @throws Error where the router is wrong */
  async examine(
    { text, variables }: Operation,
    { compiled }: PlannedOperation,
    seed: { readonly seed: number; readonly faults: readonly Fault[] },
  ): Promise<void> {
    const world = new World(this.#graph, this.#identities, seed, this.#whole);
    this.#world = world;
    const { data, errors = [] } = await executeOperation({ compiled, variables, client });
    const mutations = world.mutations.splice(0);
    const truth = world.truth(resolved(parse(text, { noLocation: true }), variables), variables);
    const [ours, theirs] = [data, truth.data].map((value) => JSON.stringify(value));
    const wrong = [
      ...(ours === theirs ? [] : [`router: ${ours}`, `truth:  ${theirs}`]),
      ...errors.map((error) => `an error: ${JSON.stringify(error)}`),
      ...world.untruths,
      ...(mutations.join() === world.mutations.join() ? [] : [`mutations: ${mutations}, ${world.mutations}`]),
    ];
    if (wrong.length === 0) return;
    const shown = `variables: ${JSON.stringify(variables)}\nworld: ${JSON.stringify(seed)}`;
    throw new Error(`${wrong.join('\n')}\n${text}\n${shown}`);
  }
}

/** The types of interfaces in one order, whichever subgraph says them. */
const sorted = (families: Graph['families'], schema: GraphQLSchema): Graph['families'] =>
  new Map(
    [...families].map(([name, types]) => [
      name,
      types.filter((type) => schema.getType(type) !== undefined).toSorted(),
    ]),
  );

/** The operation without conditions and named fragments. */
function resolved(document: DocumentNode, variables: Operation['variables']): OperationDefinitionNode {
  const { variableDefinitions = [] } = operationOf(document);
  const decisions = decide(conditionVariables(document), variableDefinitions, variables);
  return operationOf(withoutSpreads(resolveConditions(document, decisions, false)));
}
