import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { RenamingTree } from '../corrections/index.ts';
import { isOfType } from './is-of-type.ts';
import { isTree, type Tree } from './tree.ts';

/** How a selection's fields are called in representations, where that is not as in the response. */
export interface Naming {
  readonly schema: GraphQLSchema;
  readonly rewrites: readonly FetchDataRewrite[];
  readonly renamings: RenamingTree | undefined;
}

interface FieldWriter {
  /** The field's name as JSON, and a colon. */
  readonly head: string;
  readonly from: string;
  /** The JSON that is written whatever the value. */
  readonly fixed: string | undefined;
  readonly below: RepresentationWriter | undefined;
}

/**
 * Writes the representations of entities as JSON, straight from the response. What is written depends on the entity's
 * `__typename` alone, so it is found out once for each.
 */
export class RepresentationWriter {
  readonly #selections: readonly QueryPlanSelectionNode[];
  readonly #naming: Naming;
  readonly #byType = new Map<unknown, readonly FieldWriter[]>();

  constructor(selections: readonly QueryPlanSelectionNode[], naming: Naming) {
    this.#selections = selections;
    this.#naming = naming;
  }

  /** Undefined where the object lacks a field: it cannot be asked for. */
  write(object: Tree): string | undefined {
    const typename = object.__typename;
    let text = '';
    for (const { head, from, fixed, below } of this.#byType.get(typename) ?? this.#compile(typename)) {
      const value = object[from];
      if (value === undefined) return undefined;
      const json = fixed ?? (below ? writeBelow(below, value) : JSON.stringify(value));
      if (json === undefined) return undefined;
      text += text === '' ? head + json : `,${head}${json}`;
    }
    return `{${text}}`;
  }

  #compile(typename: unknown): readonly FieldWriter[] {
    const { schema, rewrites, renamings } = this.#naming;
    const selected = new Map<string, QueryPlanSelectionNode[] | undefined>();
    select(this.#selections, typename, schema, selected);
    const here = rewrites.flatMap((rewrite) => within(rewrite, typename, schema));
    const fields = [...selected].map(([from, selections]) => {
      const setter = here.find((rewrite) => rewrite.kind === 'ValueSetter' && isAt(rewrite, from));
      const renamer = here.find((rewrite) => rewrite.kind === 'KeyRenamer' && isAt(rewrite, from));
      const renamed = renamer?.kind === 'KeyRenamer' ? renamer.renameKeyTo : from;
      const deeper = here.flatMap((rewrite) => {
        const [first, ...path] = rewrite.path;
        return first === from && path.length > 0 ? [{ ...rewrite, path }] : [];
      });
      return {
        head: `${JSON.stringify(renamings?.names.get(renamed) ?? renamed)}:`,
        from,
        fixed: setter?.kind === 'ValueSetter' ? JSON.stringify(setter.setValueTo) : undefined,
        below:
          selections &&
          new RepresentationWriter(selections, {
            schema,
            rewrites: deeper,
            renamings: renamings?.below.get(from),
          }),
      };
    });
    this.#byType.set(typename, fields);
    return fields;
  }
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
