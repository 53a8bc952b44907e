import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parseType,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { sampleOf } from './sample.ts';

type Field = GraphQLField<unknown, unknown>;

/** Fields from the root to one, by what the schema knows of them. */
export type FieldPath = readonly [Field, ...Field[]];

/** An operation after a click, and sample values of the variables that it has got. */
export interface Edited {
  /** Undefined when nothing is left of it. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

const named = (value: string) => ({ kind: Kind.NAME, value }) as const;

/** The first selection of a field, whatever it is called in the response. */
export function selectionOf(set: SelectionSetNode | undefined, { name }: Field): FieldNode | undefined {
  return set?.selections.find(
    (selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === name,
  );
}

export const emptyOperation = (operation: OperationTypeNode): OperationDefinitionNode => ({
  kind: Kind.OPERATION_DEFINITION,
  operation,
  selectionSet: { kind: Kind.SELECTION_SET, selections: [] },
});

/** Adds the field that the path leads to, with what it requires, or takes it away with what is then empty. */
export function toggleField(operation: OperationDefinitionNode, path: FieldPath): Edited {
  const adding = new Adding(operation);
  const selectionSet = change(operation.selectionSet, path, (set, field) => {
    const known = selectionOf(set, field);
    return known
      ? set.selections.filter((each) => each !== known)
      : [...(set?.selections ?? []), adding.field(field)];
  });
  return adding.edited(operation, selectionSet);
}

/** Adds an argument to the selected field that the path leads to, as a variable, or takes it away. */
export function toggleArgument(
  operation: OperationDefinitionNode,
  path: FieldPath,
  argument: GraphQLArgument,
): Edited {
  const adding = new Adding(operation);
  const selectionSet = change(operation.selectionSet, path, (set, field) =>
    set.selections.map((each) => {
      if (each !== selectionOf(set, field)) return each;
      const { arguments: given = [] } = each as FieldNode;
      const others = given.filter(({ name }) => name.value !== argument.name);
      const isGiven = others.length < given.length;
      return { ...each, arguments: isGiven ? others : [...given, adding.argument(argument)] } as FieldNode;
    }),
  );
  return adding.edited(operation, selectionSet);
}

/** Changes the selections that the last field of a path is, or will be, one of. */
function change(
  set: SelectionSetNode,
  [field, ...below]: readonly Field[],
  changed: (set: SelectionSetNode, field: Field) => readonly SelectionNode[],
): SelectionSetNode {
  if (!field) return set;
  const [next] = below;
  if (!next) return { ...set, selections: changed(set, field) };
  const selections = set.selections.flatMap((each) => {
    if (each !== selectionOf(set, field) || each.kind !== Kind.FIELD) return [each];
    const inner: SelectionSetNode = each.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] };
    const selectionSet = change(inner, below, changed);
    return selectionSet.selections.length === 0 ? [] : [{ ...each, selectionSet }];
  });
  return { ...set, selections };
}

/** What is added to an operation by one click. */
class Adding {
  readonly #names: Set<string>;
  readonly #definitions: VariableDefinitionNode[];
  readonly #samples: Record<string, unknown> = {};

  constructor({ variableDefinitions = [] }: OperationDefinitionNode) {
    this.#definitions = [...variableDefinitions];
    this.#names = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  }

  field(field: Field): FieldNode {
    const selectionSet = defaultSelection(field.type);
    return {
      kind: Kind.FIELD,
      name: named(field.name),
      arguments: field.args.filter(isRequiredArgument).map((argument) => this.argument(argument)),
      ...(selectionSet && { selectionSet }),
    };
  }

  argument({ name, type }: GraphQLArgument): ArgumentNode {
    let unique = name;
    for (let count = 2; this.#names.has(unique); count += 1) unique = `${name}${count}`;
    this.#names.add(unique);
    this.#samples[unique] = sampleOf(type);
    const variable = { kind: Kind.VARIABLE, name: named(unique) } as const;
    this.#definitions.push({ kind: Kind.VARIABLE_DEFINITION, variable, type: parseType(String(type)) });
    return { kind: Kind.ARGUMENT, name: named(name), value: variable };
  }

  /** The operation with these selections, and only the variables that they use. */
  edited(operation: OperationDefinitionNode, selectionSet: SelectionSetNode): Edited {
    if (selectionSet.selections.length === 0) return { operation: undefined, variables: {} };
    const used = new Set<string>();
    visit(
      { ...operation, selectionSet, variableDefinitions: [] },
      { Variable: ({ name }) => void used.add(name.value) },
    );
    const variableDefinitions = this.#definitions.filter(({ variable }) => used.has(variable.name.value));
    return { operation: { ...operation, selectionSet, variableDefinitions }, variables: this.#samples };
  }
}

/** Of an object: its id, or else its first field that needs nothing, or else its type. */
function defaultSelection(type: GraphQLOutputType): SelectionSetNode | undefined {
  const composite = getNamedType(type);
  if (!isCompositeType(composite)) return undefined;
  const fields =
    isObjectType(composite) || isInterfaceType(composite) ? Object.values(composite.getFields()) : [];
  const leaves = fields.filter(
    (field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument),
  );
  const name = leaves.find((field) => field.name === 'id')?.name ?? leaves[0]?.name ?? '__typename';
  return { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: named(name) }] };
}

/** A document with one operation in place of another, and the comments before its first definition. */
export function written(
  text: string,
  document: DocumentNode,
  before: OperationDefinitionNode,
  after: OperationDefinitionNode | undefined,
): string {
  const [comments = ''] = /^(?:\s*#[^\n]*\n|\s*\n)*/.exec(text) ?? [];
  const definitions = document.definitions.flatMap((node) => {
    if (node !== before) return [node];
    return after ? [after] : [];
  });
  return `${comments}${print({ ...document, definitions })}${definitions.length > 0 ? '\n' : ''}`;
}
