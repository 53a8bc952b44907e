import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, Kind, type SelectionSetNode } from 'graphql';
import { selectionsOf } from '../corrections/index.ts';
import { bareSelections } from '../syntax/selections.ts';
import { copy, isTree, merge, type Tree } from '../tree.ts';
import type { Compiling } from './compiling.ts';
import { failedEntities } from './fetch-errors.ts';
import type { EntityField } from './fetch-text.ts';
import { isOfType } from './is-of-type.ts';
import { outputRewriter } from './output-rewrites.ts';
import { RepresentationWriter } from './representation-writer.ts';
import { Representations } from './representations.ts';
import type { Run } from './run.ts';
import { collectTargets, type ErrorPlace, locateTargets } from './targets.ts';

/** What is asked for: representations without repetition, and which object each entity is for. */
export interface Question {
  /** The representations as JSON, separated by commas. */
  readonly representations: string;
  readonly count: number;
  /** By place: its objects, and the index of the entity of each; undefined for one that cannot be asked for. */
  readonly asked: readonly {
    readonly targets: readonly Tree[];
    readonly entities: readonly (number | undefined)[];
  }[];
}

/** An object of the response, and the index of the entity that is for it. */
export interface EntityPlace extends ErrorPlace {
  readonly entity: number;
}

interface Place {
  readonly path: ResponsePath;
  readonly writer: RepresentationWriter;
  /** Whether objects with one representation may share what an entity holds. */
  readonly shares: boolean;
}

/** One text that asks for entities, and the places of the response that they are for. */
export class EntityPart {
  /** The response name of its entities. */
  readonly field: string;
  readonly #variable: string;
  readonly #places: readonly Place[];
  readonly #rewrite: ReturnType<typeof outputRewriter>;
  readonly #schema: GraphQLSchema;
  readonly #names: (typename: unknown) => readonly string[];
  /** A subgraph with an interface object knows the interface only; whoever knows the object's own type is right. */
  readonly #isAbstract = (typename: unknown): boolean =>
    typeof typename === 'string' && isAbstractType(this.#schema.getType(typename));

  constructor(
    { field, representations }: EntityField,
    places: readonly { node: FetchNode; path: ResponsePath }[],
    compiling: Compiling,
  ) {
    const { schema, renamings, keys, shares } = compiling;
    const [first] = places;
    if (!first) throw new Error('A part has no place.');
    this.field = field;
    this.#variable = `${JSON.stringify(representations)}:[`;
    this.#rewrite = outputRewriter(first.node.outputRewrites, schema);
    this.#schema = schema;
    this.#names = namesByType(first.node, compiling);
    this.#places = places.map(({ node, path }) => ({
      path,
      shares: shares(node),
      writer: new RepresentationWriter(node.requires ?? [], {
        schema,
        rewrites: node.inputRewrites ?? [],
        renamings: renamings.get(node.serviceName),
        keys: keys.get(node.serviceName),
      }),
    }));
  }

  /** @param among the only objects that may be asked for; all of its places by default */
  ask({ root, withoutEntity }: Run, among?: ReadonlySet<Tree>): Question {
    const all = new Representations();
    const asked = this.#places.map(({ path, writer }) => {
      const targets: Tree[] = [];
      collectTargets(root, path, 0, targets);
      const indexOf = all.of(writer);
      const entities = targets.map((target) => {
        if (among && !among.has(target)) return undefined;
        const index = indexOf(target);
        if (index !== undefined) return index;
        const nulls = withoutEntity.get(target);
        if (nulls && writer.lacking(target).some((name) => nulls.has(name)))
          this.#noteAbsence(target, withoutEntity);
        return undefined;
      });
      return { targets, entities };
    });
    return { representations: all.json, count: all.count, asked };
  }

  /** Its variable as a member of JSON. */
  variable(question: Question | undefined): string {
    return `${this.#variable}${question?.representations ?? ''}]`;
  }

  /** Merges the entities into the objects that they are for. @returns whether they are those asked for */
  fill(
    { asked, count }: Question,
    { data, errors }: { readonly data: Tree; readonly errors: readonly unknown[] },
    { withoutEntity, part: responsePart }: Run,
  ): boolean {
    const returned = data[this.field];
    const failed = failedEntities(errors, this.field);
    if (!Array.isArray(returned) || returned.length !== count) return false;
    const entities: readonly unknown[] = returned;
    this.#rewrite?.(entities);
    const taken: boolean[] = [];
    asked.forEach(({ targets, entities: indexes }, place) => {
      const shares = this.#places[place]?.shares === true;
      const shared: Tree[] = [];
      targets.forEach((target, i) => {
        const index = indexes[i];
        if (index === undefined) return;
        const entity = entities[index];
        // One that has an error is not absent: nobody knows.
        if (entity === null && !failed.has(index)) this.#noteAbsence(target, withoutEntity);
        if (!isTree(entity)) return;
        const known = shares ? shared[index] : undefined;
        const part = known ?? (taken[index] ? copy(entity) : entity);
        taken[index] = true;
        shared[index] = part;
        merge(target, part, responsePart > 0, this.#isAbstract);
      });
    });
    return true;
  }

  /** Without an entity its fields are null, and so are those that require them. */
  #noteAbsence(target: Tree, withoutEntity: Run['withoutEntity']): void {
    const entity: Tree = { __typename: target.__typename };
    for (const name of this.#names(target.__typename)) entity[name] = null;
    this.#rewrite?.(entity);
    const nulls = withoutEntity.get(target) ?? new Set();
    withoutEntity.set(target, nulls);
    for (const name in entity) nulls.add(name);
  }

  /** The objects that entities are for, with what they still lack. */
  places({ asked }: Question, root: Tree): EntityPlace[] {
    return this.#places.flatMap(({ path }, place) => {
      const { targets = [], entities = [] } = asked[place] ?? {};
      const indexOf = new Map(targets.map((target, i) => [target, entities[i]]));
      return locateTargets(root, path).flatMap(({ target, at }) => {
        const entity = indexOf.get(target);
        if (entity === undefined) return [];
        const fields = this.#names(target.__typename).filter((name) => target[name] === undefined);
        return [{ entity, path: at, fields }];
      });
    });
  }
}

/** The response names of the fields that a fetch asks for on an entity of a type. */
function namesByType(fetch: FetchNode, { schema }: Compiling): (typename: unknown) => readonly string[] {
  const set = bareSelections(selectionsOf(fetch));
  const collect = (typename: unknown, { selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [(selection.alias ?? selection.name).value];
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      const condition = selection.typeCondition?.name.value;
      const applies = condition === undefined || isOfType(schema, typename, condition);
      return applies ? collect(typename, selection.selectionSet) : [];
    });
  return (typename) => collect(typename, set);
}
