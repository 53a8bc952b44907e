import type { GraphQLSchema } from 'graphql';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Path, Result } from './subject.fixture.ts';
import type { Operation } from './write-operation.fixture.ts';

/** An operation that must be answered as another one is, and how its answer becomes that of the other. */
export interface Variant {
  write(operation: Operation, schema: GraphQLSchema): Operation;
  restore?(key: string): string | undefined;
  /** Whether it selects more, so that the planner may ask others: the same where nothing is wrong with them. */
  readonly selectsMore?: boolean;
  /** Whether the order of fields stays. */
  readonly isOrdered?: boolean;
}

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});
const typename = (alias: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: name(alias),
  name: name('__typename'),
});

const ALIAS = 'aliased_';
const EXTRA = 'extra_typename';

const rewrite =
  (change: (document: DocumentNode, schema: GraphQLSchema) => DocumentNode) =>
  ({ text, variables }: Operation, schema: GraphQLSchema): Operation => ({
    text: print(change(parse(text, { noLocation: true }), schema)),
    variables,
  });

/** Changes each selection set; the type is that of its objects. */
const sets = (change: (set: SelectionSetNode, type: string) => SelectionSetNode) =>
  rewrite((document, schema) => {
    const info = new TypeInfo(schema);
    return visit(
      document,
      visitWithTypeInfo(info, {
        SelectionSet: { leave: (set) => change(set, String(info.getParentType())) },
      }),
    );
  });

const always = (text: string): SelectionSetNode => {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Not a selection set.');
  return definition.selectionSet;
};

const withDirectives = (node: SelectionNode, text: string): SelectionNode => {
  const added = always(`field ${text}`).selections[0]?.directives ?? [];
  const known = new Set(node.directives?.map((directive) => directive.name.value));
  return {
    ...node,
    directives: [...(node.directives ?? []), ...added.filter((one) => !known.has(one.name.value))],
  };
};

/** Declares a Boolean variable. */
const declaring =
  (variable: string, value: boolean, write: Variant['write']): Variant['write'] =>
  (operation, schema) => {
    const { text, variables } = write(operation, schema);
    const document = visit(parse(text, { noLocation: true }), {
      OperationDefinition: (node): OperationDefinitionNode => ({
        ...node,
        variableDefinitions: [
          ...(node.variableDefinitions ?? []),
          {
            kind: Kind.VARIABLE_DEFINITION,
            variable: { kind: Kind.VARIABLE, name: name(variable) },
            type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: name('Boolean') } },
          },
        ],
      }),
    });
    return { text: print(document), variables: { ...variables, [variable]: value } };
  };

export const variants: Readonly<Record<string, Variant>> = {
  'fields under other aliases': {
    write: rewrite((document) =>
      visit(document, {
        // The planner asks for a `__typename` under an alias where it would know it.
        Field: (node) =>
          node.name.value === '__typename' && !node.alias
            ? undefined
            : { ...node, alias: name(`${ALIAS}${(node.alias ?? node.name).value}`) },
      }),
    ),
    restore: (key) => (key.startsWith(ALIAS) ? key.slice(ALIAS.length) : key),
    isOrdered: true,
  },
  'selection sets in inline fragments': {
    write: sets((set, type) => always(`... { ... on ${type} ${print(set)} }`)),
    isOrdered: true,
  },
  'selection sets in named fragments': {
    write: rewrite((document, schema) => {
      const info = new TypeInfo(schema);
      const made: FragmentDefinitionNode[] = [];
      const changed = visit(
        document,
        visitWithTypeInfo(info, {
          SelectionSet: {
            leave: (set) => {
              const fragment = `Made${made.length}`;
              const typeCondition = {
                kind: Kind.NAMED_TYPE,
                name: name(String(info.getParentType())),
              } as const;
              made.push({
                kind: Kind.FRAGMENT_DEFINITION,
                name: name(fragment),
                typeCondition,
                selectionSet: set,
              });
              return setOf([{ kind: Kind.FRAGMENT_SPREAD, name: name(fragment) }]);
            },
          },
        }),
      );
      return { ...changed, definitions: [...changed.definitions, ...made] };
    }),
    isOrdered: true,
  },
  'conditions that keep all': {
    write: declaring(
      'never',
      false,
      sets(({ selections }) =>
        setOf(selections.map((node) => withDirectives(node, '@include(if: true) @skip(if: $never)'))),
      ),
    ),
    isOrdered: true,
  },
  'excluded selections beside': {
    write: declaring(
      'never',
      false,
      sets((set, type) =>
        setOf([
          ...always(
            `excluded: __typename @skip(if: true) ... on ${type} @include(if: $never) { hidden: __typename }`,
          ).selections,
          ...set.selections,
        ]),
      ),
    ),
    isOrdered: true,
  },
  'selections twice': {
    write: sets((set) => setOf([...set.selections, ...set.selections])),
    isOrdered: true,
  },
  'an extra __typename': {
    write: sets((set) => setOf([typename(EXTRA), ...set.selections])),
    restore: (key) => (key === EXTRA ? undefined : key),
    selectsMore: true,
    isOrdered: true,
  },
  'selections in reverse': {
    write: rewrite((document) =>
      visit(document, {
        OperationDefinition: (node) => (node.operation === 'mutation' ? false : undefined),
        SelectionSet: { leave: ({ selections }) => setOf([...selections].reverse()) },
      }),
    ),
  },
  'another name of the operation': {
    write: rewrite((document) =>
      visit(document, { OperationDefinition: (node) => ({ ...node, name: name('Renamed') }) }),
    ),
    isOrdered: true,
  },
  'no name': {
    write: rewrite((document) =>
      visit(document, {
        OperationDefinition: ({ name: _, ...node }) => node,
      }),
    ),
    isOrdered: true,
  },
};

/** A result as the plain operation would have it. */
export function restored(
  { data, errors }: Result,
  { restore = (key) => key, isOrdered = false }: Variant,
): string {
  const value = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(value);
    if (typeof given !== 'object' || given === null) return given;
    const entries = Object.entries(given).flatMap(([key, inner]) => {
      const back = restore(key);
      return back === undefined ? [] : [[back, value(inner)] as const];
    });
    return Object.fromEntries(isOrdered ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  // Of several nulls that make their object null, the first explains it.
  const kept = errors.filter(({ message }) => isOrdered === true || !message.startsWith('The value of'));
  const paths = kept.map(({ message, path }) => {
    const back = path?.flatMap((step): Path => {
      const name = typeof step === 'string' ? restore(step) : step;
      return name === undefined ? [] : [name];
    });
    return `${message} ${JSON.stringify(back)}`;
  });
  return JSON.stringify({ data: value(data), errors: [...new Set(paths)].sort() }, undefined, 1);
}
