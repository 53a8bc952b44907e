import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import type { SubgraphClient, SubgraphResponse } from '../sources/subgraph-request.ts';
import type { Tree } from '../tree.ts';
import type { Compiling } from './compiling.ts';
import { type ContextGroup, groupByContext } from './context.ts';
import { EntityPart, type EntityPlace, type Question } from './entity-part.ts';
import { failedEntities, type Places, reportErrors, reportFailure } from './fetch-errors.ts';
import { joinTexts, nameless, single } from './fetch-text.ts';
import { RequestText } from './request-text.ts';
import type { Run } from './run.ts';

/** Fetches of entities from one subgraph, sent as one request: each representation once, each text once. */
export class EntityFetch {
  readonly #client: SubgraphClient;
  readonly #exact: boolean;
  readonly #request: RequestText;
  readonly #parts: readonly EntityPart[];
  readonly #aloneOf: () => EntityFetch[];
  #alone: readonly EntityFetch[] | undefined;
  readonly #contexts: ((root: Tree) => ContextGroup[]) | undefined;

  constructor(fetches: readonly { node: FetchNode; path: ResponsePath }[], compiling: Compiling) {
    const groups = [...Map.groupBy(fetches, ({ node }) => nameless(node)).values()];
    const nodes = groups.flatMap(([first]) => (first ? [first.node] : []));
    const [only, ...others] = nodes;
    if (!only) throw new Error('A step has no fetch.');
    const { text, fields } =
      others.length === 0 ? { text: only.operation, fields: [single] } : joinTexts(nodes);
    const variables = new Set(nodes.flatMap(({ variableUsages = [] }) => variableUsages));
    this.#client = compiling.client(only.serviceName);
    this.#exact = compiling.exact;
    this.#request = new RequestText(text, variables, compiling.variables);
    this.#parts = groups.map((places, index) => new EntityPart(fields[index] ?? single, places, compiling));
    this.#aloneOf = () => groups.map((group) => new EntityFetch(group, compiling));
    const [{ path } = { path: [] }] = fetches;
    const { contextRewrites } = only;
    if (contextRewrites)
      this.#contexts = (root) => groupByContext(root, path, contextRewrites, compiling.schema);
  }

  begin(run: Run): Promise<void> | undefined {
    if (!this.#contexts) return this.#ask(run, run.variables);
    const asked = this.#contexts(run.root).map(({ values, targets }) =>
      this.#ask(run, { ...run.variables, ...values }, targets),
    );
    return Promise.all(asked).then(() => {});
  }

  #ask(run: Run, variables: Run['variables'], among?: ReadonlySet<Tree>): Promise<void> | undefined {
    const questions = this.#parts.map((part) => part.ask(run, among));
    if (questions.every(({ count }) => count === 0)) return undefined;
    const representations = this.#parts.map((part, index) => part.variable(questions[index])).join(',');
    const body = this.#request.write(variables, representations);
    return this.#client
      .send({ body, kind: 'query', exact: this.#exact }, run.context)
      .then((response) => this.#receive(run, questions, response));
  }

  /** A part that fails as a whole takes the data of all that it is joined with. */
  #askAlone(run: Run): Promise<void> {
    this.#alone ??= this.#aloneOf();
    return Promise.all(this.#alone.map((fetch) => fetch.begin(run))).then(() => {});
  }

  #receive(run: Run, questions: readonly Question[], response: SubgraphResponse): Promise<void> | undefined {
    const places = this.#placesIn(run, questions, response);
    if ('failure' in response) {
      reportFailure(response, places, run.errors);
      return undefined;
    }
    const { data, errors } = response;
    if (data === null && this.#parts.length > 1) return this.#askAlone(run);
    if (errors.length > 0) reportErrors(errors, this.#client.name, data !== null, places, run.errors);
    if (data === null) return undefined;
    this.#parts.forEach((part, index) => {
      const question = questions[index];
      if (!question || question.count === 0 || part.fill(question, { data, errors }, run)) return;
      if (isNull(part, response) && failedEntities(errors, part.field).has(undefined)) return;
      const failure = `The subgraph "${this.#client.name}" did not return the entities that it was asked for.`;
      const everywhere = () => part.places(question, run.root);
      reportFailure({ failure }, { ...places, everywhere }, run.errors);
    });
    return undefined;
  }

  #placesIn({ root }: Run, questions: readonly Question[], response: SubgraphResponse): Places {
    const parts = this.#parts;
    const at = (index: number): readonly EntityPlace[] => {
      const question = questions[index];
      return (question && parts[index]?.places(question, root)) ?? [];
    };
    // Located once, however many errors there are.
    const known = new Map<number, ReadonlyMap<number, readonly EntityPlace[]>>();
    const byEntity = (index: number) => {
      const found = known.get(index) ?? Map.groupBy(at(index), ({ entity }) => entity);
      known.set(index, found);
      return found;
    };
    return {
      located: ([field, entity, ...below]) => {
        const index = parts.findIndex((part) => part.field === field);
        const part = parts[index];
        if (part && entity === undefined && isNull(part, response))
          return [...byEntity(index).values()].flat();
        if (!part || typeof entity !== 'number') return undefined;
        const places = byEntity(index).get(entity) ?? [];
        return below.length === 0 ? places : places.map(({ path }) => ({ path: [...path, ...below] }));
      },
      everywhere: () => parts.flatMap((_, index) => at(index)),
    };
  }
}

/** Whether there is nothing in the place of a part's entities. */
const isNull = ({ field }: EntityPart, response: SubgraphResponse): boolean =>
  'data' in response && response.data?.[field] === null;
