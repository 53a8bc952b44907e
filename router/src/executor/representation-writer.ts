import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import type { EntityKeys, RenamingTree } from '../corrections/index.ts';
import { isRawNumber } from '../raw-json.ts';
import { isTree, type Tree } from '../tree.ts';
import { isOfType } from './is-of-type.ts';

/** How a selection's fields are called in representations, where that is not as in the response. */
export interface Naming {
  readonly schema: GraphQLSchema;
  readonly rewrites: readonly FetchDataRewrite[];
  readonly renamings: RenamingTree | undefined;
  /** By type, of the subgraph's entities; undefined below an entity. */
  readonly keys: ReturnType<EntityKeys['get']>;
}

export interface FieldWriter {
  /** The field's name as JSON, and a colon. */
  readonly head: string;
  readonly from: string;
  /** The JSON that is written whatever the value. */
  readonly fixed: string | undefined;
  readonly isId: boolean;
  readonly below: RepresentationWriter | undefined;
}

/** What is written of objects of one type. */
export interface TypeWriter {
  readonly fields: readonly FieldWriter[];
  /** The only field whose value differs from object to object, where there is one: with it their representations are the same. */
  readonly key: string | undefined;
}

/**
 * Writes the representations of entities as JSON, straight from the response. What is written depends on the entity's
 * `__typename` alone, so it is found out once for each.
 */
export class RepresentationWriter {
  readonly #selections: readonly QueryPlanSelectionNode[];
  readonly #naming: Naming;
  readonly #declared: string | undefined;
  readonly #byType = new Map<unknown, TypeWriter>();

  /** @param declared the type of objects without `__typename` */
  constructor(selections: readonly QueryPlanSelectionNode[], naming: Naming, declared?: string) {
    this.#selections = selections;
    this.#naming = naming;
    this.#declared = declared;
  }

  /** The same for all objects of a type. */
  typeOf(object: Tree): TypeWriter {
    const typename = object.__typename ?? this.#declared;
    return this.#byType.get(typename) ?? this.#compile(typename);
  }

  /** Undefined where the object lacks a field: it cannot be asked for. */
  write(object: Tree): string | undefined {
    return writeAs(this.typeOf(object), object);
  }

  /** The fields for want of which an object cannot be asked for. */
  lacking(object: Tree): string[] {
    return this.typeOf(object).fields.flatMap(({ from }) => (object[from] === undefined ? [from] : []));
  }

  #compile(typename: unknown): TypeWriter {
    const { schema, rewrites, renamings, keys } = this.#naming;
    const selected = new Map<string, QueryPlanSelectionNode[] | undefined>();
    select(this.#selections, typename, schema, selected);
    const here = rewrites.flatMap((rewrite) => within(rewrite, typename, schema));
    const nameOf = (from: string) => {
      const renamer = here.find((rewrite) => rewrite.kind === 'KeyRenamer' && isAt(rewrite, from));
      const renamed = renamer?.kind === 'KeyRenamer' ? renamer.renameKeyTo : from;
      return renamings?.names.get(renamed) ?? renamed;
    };
    const fixedOf = (from: string) => {
      const setter = here.find((rewrite) => rewrite.kind === 'ValueSetter' && isAt(rewrite, from));
      return setter?.kind === 'ValueSetter' ? setter.setValueTo : undefined;
    };
    const names = new Set([...selected.keys()].map(nameOf));
    const sent = fixedOf('__typename') ?? typename;
    if (keys && sent !== undefined && !isFound(names, keys.get(String(sent)))) selected.clear();
    const fields = [...selected].map(([from, selections]) => {
      const deeper = here.flatMap((rewrite) => {
        const [first, ...path] = rewrite.path;
        return first === from && path.length > 0 ? [{ ...rewrite, path }] : [];
      });
      const type = typeOfField(schema, typename, from);
      return {
        head: `${JSON.stringify(nameOf(from))}:`,
        from,
        fixed: JSON.stringify(fixedOf(from)),
        isId: type === 'ID',
        below:
          selections &&
          new RepresentationWriter(
            selections,
            { schema, rewrites: deeper, renamings: renamings?.below.get(from), keys: undefined },
            type,
          ),
      };
    });
    const differing = fields.filter(({ from, fixed }) => fixed === undefined && from !== '__typename');
    const [only, ...others] = differing;
    const key = only && !only.below && others.length === 0 ? only.from : undefined;
    const writer = { fields, key };
    this.#byType.set(typename, writer);
    return writer;
  }
}

/** Undefined where the object lacks a field. */
export function writeAs({ fields }: TypeWriter, object: Tree): string | undefined {
  let text = '';
  for (const { head, from, fixed, isId, below } of fields) {
    const value = object[from];
    if (value === undefined) return undefined;
    const json = fixed ?? (below ? writeBelow(below, value) : JSON.stringify(isId ? idsOf(value) : value));
    if (json === undefined) return undefined;
    text += text === '' ? head + json : `,${head}${json}`;
  }
  return `{${text}}`;
}

/**
 * For one type of objects the planner may want a key, and for a wider one what `@requires` names: by that alone none is found, nor
 * is one of a type that the subgraph does not have.
 */
const isFound = (names: ReadonlySet<string>, keys: readonly (readonly string[])[] = []): boolean =>
  keys.some((key) => key.every((name) => names.has(name)));

/** The name of a field's type without lists and non-nulls. */
function typeOfField(schema: GraphQLSchema, typename: unknown, field: string): string | undefined {
  const type = typeof typename === 'string' ? schema.getType(typename) : undefined;
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
  return definition && getNamedType(definition.type).name;
}

/** An ID is a string: a subgraph may have it as a number, which others would not find. */
function idsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(idsOf);
  return typeof value === 'number' || isRawNumber(value) ? JSON.stringify(value) : value;
}

function writeBelow(writer: RepresentationWriter, value: unknown): string | undefined {
  if (value === null) return 'null';
  if (!Array.isArray(value)) return isTree(value) ? writer.write(value) : undefined;
  const elements = value.map((element: unknown) => writeBelow(writer, element));
  return elements.includes(undefined) ? undefined : `[${elements.join(',')}]`;
}

/** Collects the fields that apply to a type, those of one name merged. */
function select(
  selections: readonly QueryPlanSelectionNode[],
  typename: unknown,
  schema: GraphQLSchema,
  into: Map<string, QueryPlanSelectionNode[] | undefined>,
): void {
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      if (typeCondition === undefined || isOfType(schema, typename, typeCondition))
        select(selection.selections, typename, schema, into);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const below = selection.selections && [...(into.get(name) ?? []), ...selection.selections];
    into.set(name, below);
  }
}

/** The rewrite without the type conditions that its path begins with, if they apply. */
function within(rewrite: FetchDataRewrite, typename: unknown, schema: GraphQLSchema): FetchDataRewrite[] {
  const [first, ...path] = rewrite.path;
  const condition = first === undefined ? undefined : conditionOf(first);
  if (condition === undefined) return [rewrite];
  return isOfType(schema, typename, condition) ? within({ ...rewrite, path }, typename, schema) : [];
}

const isAt = ({ path }: FetchDataRewrite, name: string) => path.length === 1 && path[0] === name;

const PREFIX = '... on ';

/** The type condition that a step of a rewrite's path is, if it is one. */
export const conditionOf = (step: string): string | undefined =>
  step.startsWith(PREFIX) ? step.slice(PREFIX.length) : undefined;
