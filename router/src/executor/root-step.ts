import { randomUUID } from 'node:crypto';
import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { type FieldNode, Kind, print, type SelectionSetNode, stripIgnoredCharacters } from 'graphql';
import { documentOf, operationOf, selectionsOf } from '../corrections/index.ts';
import type { SubgraphClient, SubgraphResponse } from '../sources/subgraph-request.ts';
import { readResponse } from '../sources/subgraph-response.ts';
import { copy, merge, type Tree } from '../tree.ts';
import type { Compiling } from './compiling.ts';
import { type Places, reportErrors, reportFailure } from './fetch-errors.ts';
import { outputRewriter } from './output-rewrites.ts';
import { RequestText } from './request-text.ts';
import type { Run } from './run.ts';
import { collectTargets, locateTargets, type Path } from './targets.ts';

/** A fetch of root fields. It fills the response's root or, where a field returns the root type, the objects at a path. */
export class RootFetch {
  readonly #client: SubgraphClient;
  readonly #path: ResponsePath;
  readonly #kind: 'query' | 'mutation';
  readonly #isIdempotent: boolean;
  readonly #exact: boolean;
  readonly #request: RequestText;
  readonly #rewrite: ReturnType<typeof outputRewriter>;
  /** The response names of its fields. */
  readonly #names: readonly string[];

  constructor(fetch: FetchNode, path: ResponsePath, compiling: Compiling) {
    const { variables, schema, exact, idempotent } = compiling;
    const fields = fieldsOf(selectionsOf(fetch));
    this.#client = compiling.client(fetch.serviceName);
    this.#path = path;
    this.#kind = fetch.operationKind === 'mutation' ? 'mutation' : 'query';
    this.#isIdempotent = this.#kind === 'mutation' && fields.every(({ name }) => idempotent.has(name.value));
    this.#exact = exact;
    this.#request = new RequestText(textOf(fetch), fetch.variableUsages ?? [], variables);
    this.#rewrite = outputRewriter(fetch.outputRewrites, schema);
    this.#names = fields.map(({ alias, name }) => (alias ?? name).value);
  }

  begin(run: Run): Promise<void> | undefined {
    const targets: Tree[] = [];
    collectTargets(run.root, this.#path, 0, targets);
    if (targets.length === 0) return undefined;
    const request = {
      body: this.#request.write(run.variables),
      kind: this.#kind,
      exact: this.#exact,
      idempotencyKey: this.#isIdempotent ? randomUUID() : undefined,
    };
    return this.#client.send(request, run.context).then((response) => this.#receive(run, targets, response));
  }

  /** Begins a subscription's response with its event. */
  receiveEvent(run: Run, event: unknown): void {
    const failure = `The subgraph "${this.#client.name}" sent an event that is not a GraphQL response.`;
    this.#receive(run, [run.root], readResponse(event) ?? { failure });
  }

  #receive(run: Run, targets: readonly Tree[], response: SubgraphResponse): void {
    const places = this.#placesIn(run);
    if ('failure' in response) {
      reportFailure(response, places, run.errors);
      return;
    }
    const { data, errors } = response;
    reportErrors(errors, this.#client.name, data !== null, places, run.errors);
    if (data === null) return;
    this.#rewrite?.(data);
    targets.forEach((target, index) => {
      merge(target, index === 0 ? data : copy(data), run.part > 0);
    });
  }

  /** The request as a subscription's. */
  upstream(variables: Run['variables']) {
    const { query } = this.#request;
    return { subgraph: this.#client.name, query, variables: this.#request.variables(variables) };
  }

  #placesIn({ root }: Run): Places {
    let known: readonly Path[] | undefined;
    const objects = (): readonly Path[] => {
      known ??= this.#path.length === 0 ? [[]] : locateTargets(root, this.#path).map(({ at }) => at);
      return known;
    };
    return {
      located: (path) => objects().map((at) => ({ path: [...at, ...path] })),
      everywhere: () => objects().map((path) => ({ path, fields: this.#names })),
    };
  }
}

/** The planner puts the fields of a deferred fetch, or of one below an object of the root type, into a fragment. */
const fieldsOf = ({ selections }: SelectionSetNode): FieldNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });

/** The text without the name of that type, which the subgraph may have another one for. */
function textOf(fetch: FetchNode): string {
  const operation = operationOf(documentOf(fetch));
  const { selectionSet } = operation;
  if (selectionSet.selections.every(({ kind }) => kind === Kind.FIELD)) return fetch.operation;
  return stripIgnoredCharacters(print({ ...operation, selectionSet: untyped(selectionSet) }));
}

const untyped = (set: SelectionSetNode): SelectionSetNode => ({
  ...set,
  selections: set.selections.map((selection) => {
    if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
    const { typeCondition: _, ...fragment } = selection;
    return { ...fragment, selectionSet: untyped(fragment.selectionSet) };
  }),
});
