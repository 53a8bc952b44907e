import { everyone } from '@airline/service/server';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { executeQueryPlan } from '@apollo/gateway';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, isObjectType, Kind, parse, visit } from 'graphql';
import { contextOf, requestOf } from '../../corrections/corrections.fixture.ts';
import { isolateNames, operationOf, selectByType } from '../../corrections/index.ts';
import { planOnly } from '../../pipeline/plan.fixture.ts';
import type { Snapshot } from '../../pipeline/snapshot.ts';
import { authorityOf } from '../../request.ts';
import type { SubgraphClient } from '../../sources/subgraph-request.ts';
import { createSnapshot } from '../../supergraph/snapshot.ts';
import { conditionVariables, decide, resolveConditions } from '../../syntax/conditions.ts';
import { fragmentsOf } from '../../syntax/selections.ts';
import { inOrder } from '../compile-operation.ts';
import { executeOperation } from '../executor.ts';
import type { Graph } from './graph.fixture.ts';
import { Identities } from './identities.fixture.ts';
import { type Mend, withMends } from './mends.fixture.ts';
import { World, type WorldSeed } from './world.fixture.ts';
import type { Operation } from './write-operation.fixture.ts';

export type Path = readonly (string | number)[];

/** A response, as far as it is compared. */
export interface Result {
  /** Undefined where the executor has thrown everything away. */
  readonly data: unknown;
  readonly errors: readonly { readonly message: string; readonly path: Path | undefined }[];
  /** What the gateway says of values that it has nulled. */
  readonly completion: readonly { readonly path: Path | undefined }[];
}

type Correction = 'names' | 'types' | 'conditions' | 'requires';

/** One operation, planned for each executor. */
export interface Prepared {
  readonly document: DocumentNode;
  /** What the router plans otherwise than the gateway would. */
  readonly corrected: ReadonlySet<Correction>;
  /** The types of selected fields that need an object: by `@requires`, or by the key of their subgraph. */
  readonly requiring: ReadonlySet<string>;
  ours(world: World): Promise<Result>;
  /** The gateway's plan and executor. */
  gateway(world: World): Promise<Result>;
  /** The router's plan by the gateway's executor, mended. */
  gatewayCorrected(world: World, wanted: ReadonlySet<Mend>): Promise<Result>;
}

const client = {
  authority: authorityOf(everyone),
  source: 'test',
  forwarded: {},
};

/** In the order in which ours executes mutations. */
function typedOf(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const fragments = fragmentsOf(document);
  return selectByType(inOrder(document, operationOf(document), fragments, schema), schema, fragments);
}

/** The executors over one supergraph. */
export class Subject {
  readonly snapshot: Snapshot;
  readonly #graph: Graph;
  readonly #identities: Identities;
  readonly #planner: QueryPlanner;
  readonly #supergraph: Supergraph;
  #world: World | undefined;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#identities = new Identities(graph);
    this.#supergraph = Supergraph.build(graph.sdl);
    this.#planner = new QueryPlanner(this.#supergraph);
    const clients = [...graph.subgraphs.keys()].map((name): [string, SubgraphClient] => [
      name,
      { name, send: ({ body }) => this.#send(name, body) },
    ]);
    this.snapshot = createSnapshot(graph.sdl, Object.fromEntries(clients));
  }

  world = (seed: WorldSeed): World => new World(this.#graph, this.#identities, seed);

  async #send(name: string, body: string) {
    const { query, variables } = JSON.parse(body);
    const response = await this.#world?.send(name, query, variables);
    return response ?? { failure: `${name} is unavailable` };
  }

  /** @throws GraphQLError when the planner refuses */
  prepare({ text, variables }: Operation): Prepared {
    const { snapshot } = this;
    const document = parse(text, { noLocation: true });
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION)
      throw new Error('The operation is the first definition.');
    const planned = planOnly(text, snapshot, { variables });
    const { variableDefinitions = [] } = operation;
    const decisions = decide(conditionVariables(document), variableDefinitions, variables);
    const resolved = resolveConditions(document, decisions, false);
    const { translations } = snapshot;
    const isolated = isolateNames(resolved, translations);
    const { hasInterfaceObjects } = translations;
    const typed = hasInterfaceObjects ? typedOf(isolated.document, snapshot.schema) : isolated.document;
    const api = this.#supergraph.apiSchema();
    const plan = lazy(() => this.#planner.buildQueryPlan(operationFromDocument(api, document)));
    const corrected = new Set<Correction>();
    if (isolated.document !== resolved) corrected.add('names');
    if (hasInterfaceObjects) corrected.add('types');
    if (/@(skip|include)/.test(text)) corrected.add('conditions');
    if (corrected.size === 0 && translations.fields.size > 0) corrected.add('requires');
    const correctedPlan = lazy(() => {
      return snapshot.plan(withoutEmpty(typed, typename), new Map());
    });
    return {
      document,
      corrected,
      requiring: this.#requiring(text),
      ours: async (world) => {
        this.#world = world;
        const { data, errors = [] } = await executeOperation({
          compiled: planned.compiled,
          variables,
          client,
        });
        return resultOf({ data, errors });
      },
      gateway: (world) => this.#byGateway(plan, () => document, variables, world),
      gatewayCorrected: async (world, wanted) => {
        const shaped = () => withoutEmpty(isolated.document, nothing);
        const execute = () => this.#byGateway(correctedPlan, shaped, variables, world);
        const { data, ...rest } = await withMends(wanted, snapshot.supergraphSchema, execute);
        const named = <Located extends { readonly path: Path | undefined }>(located: Located): Located => ({
          ...located,
          path: located.path?.map((step) => isolated.responseNames.get(String(step)) ?? step),
        });
        return {
          data: renamed(data, isolated.responseNames),
          errors: rest.errors.map(named),
          completion: rest.completion.map(named),
        };
      },
    };
  }

  #requiring(text: string): ReadonlySet<string> {
    const coordinates = [...this.#graph.subgraphs.values()].flatMap(({ requires, nested, schema }) => [
      ...requires.keys(),
      ...[...nested].flatMap((type) => {
        const known = schema.getType(type);
        return isObjectType(known) ? Object.keys(known.getFields()).map((field) => `${type}.${field}`) : [];
      }),
    ]);
    return new Set(
      coordinates.flatMap((coordinate) => {
        const [type = '', field = ''] = coordinate.split('.');
        return new RegExp(`\\b${field}\\b`).test(text) ? [type] : [];
      }),
    );
  }

  async #byGateway(
    plan: () => QueryPlan,
    document: () => DocumentNode,
    variables: Operation['variables'],
    world: World,
  ): Promise<Result> {
    const sources = [...this.#graph.subgraphs.keys()].map((name) => [
      name,
      { process: ({ request }: { request: GatewayRequest }) => this.#answer(world, name, request) },
    ]);
    try {
      const { data, errors, extensions } = await executeQueryPlan(
        plan(),
        Object.fromEntries(sources),
        requestOf(variables),
        contextOf(this.snapshot.schema, document()),
        this.snapshot.supergraphSchema,
        this.#supergraph.apiSchema(),
      );
      return resultOf({ data, errors: errors ?? [] }, extensions?.valueCompletion);
    } catch (error) {
      return resultOf({ data: undefined, errors: [error] });
    }
  }

  async #answer(world: World, name: string, { query = '', variables = {} }: GatewayRequest) {
    const { representations, ...rest } = variables;
    const renaming = this.snapshot.translations.renamings.get(name);
    // As JSON carries it.
    const plain = JSON.parse(JSON.stringify(translated(representations, renaming) ?? null));
    const response = await world.send(
      name,
      query,
      plain === null ? rest : { ...rest, representations: plain },
    );
    if (!response) throw new Error(`${name} is unavailable`);
    const { data, errors } = response;
    return errors.length > 0 ? { data, errors } : { data };
  }
}

const typename = '__typename';
const nothing = '... @include(if: false) { __typename }';

/** Federation's operations have no empty selection sets, which conditions may leave. */
function withoutEmpty(document: DocumentNode, selection: string): DocumentNode {
  const [definition] = parse(`{ ${selection} }`, { noLocation: true }).definitions;
  const filled = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
  return visit(document, {
    SelectionSet: { leave: (set) => (set.selections.length === 0 ? filled : undefined) },
  });
}

interface GatewayRequest {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

type Renaming = Snapshot['translations']['renamings'] extends ReadonlyMap<string, infer Tree> ? Tree : never;

function translated(value: unknown, renaming: Renaming | undefined): unknown {
  if (!renaming) return value;
  if (Array.isArray(value)) return value.map((element) => translated(element, renaming));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    renaming.names.get(name) ?? name,
    translated(inner, renaming.below.get(name)),
  ]);
  return Object.fromEntries(entries);
}

/** With response names as the map has them. */
export function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((element) => renamed(element, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [names.get(name) ?? name, renamed(inner, names)]),
  );
}

interface RawError {
  readonly message: string;
  readonly path?: Path | undefined;
}

// All that is read of an error, whatever it is.
const readErrors = (errors: unknown) =>
  (errors as readonly RawError[]).map(({ message, path }) => ({ message, path }));

const resultOf = ({ data, errors }: { data?: unknown; errors: unknown }, completion?: unknown): Result => ({
  data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)),
  errors: readErrors(errors),
  completion: readErrors(completion ?? []),
});

function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
