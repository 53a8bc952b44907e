import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { collectFields, type Fragments } from '../syntax/selections.ts';
import { type Formula, type Given, highest, listSize, product, sum } from './formula.ts';
import type { CostModel, ListSize } from './model.ts';

/**
 * What things cost by default. An object is 1, as Apollo has it; the others are to it as `npm run bench:cost` has measured
 * them: 1 is about 4 µs of CPU in all processes, and 100 bytes at most. Multiples of a power of two have exact sums, whatever their order.
 */
export const weights = {
  /** An object of a response, or of an argument. */
  object: 1,
  /** A value of a response, or of a list of an argument. */
  leaf: 1 / 2,
  /** A field of `Mutation`, beside what it returns. */
  mutation: 100,
  /** A request to a subgraph, which an operation's plan shows. */
  fetch: 200,
  /** A page of rows, by its connection: a statement, and each row that it reads, whatever of the rows is selected. */
  page: 20,
  row: 1,
  /** A document that is not known must be parsed and validated: so much, and 1 for each 3 characters. */
  document: 500,
  /** A field or fragment of an operation that is not planned, as often as it is spread, however short the text and its lists are. */
  selection: 16,
  /** Each 32 characters of a response name beyond the first 32. */
  longName: 1 / 2,
} as const;
const SHORT_NAME = 32;

/** The length of a list of which the supergraph says nothing. */
export const ASSUMED_LIST_SIZE = 10;

/** Selection sets that are looked at; what takes more is beyond every limit. */
const MOST_STEPS = 20_000;

/** What it costs to read a document that is not known. */
export const readingCost = (text: string): number => weights.document + Math.ceil(text.length / 3);

/** What it costs to plan an operation of so many selections, fragments expanded. */
export const planningCost = (selections: number): number => selections * weights.selection;

export interface Costing {
  /** The API's. */
  readonly schema: GraphQLSchema;
  readonly model: CostModel;
  readonly fragments: Fragments;
}

/**
 * The static cost of an operation without conditions, by the IBM specification
 * (https://ibm.github.io/graphql-specs/cost-spec.html) as Apollo's demand control applies it: each field costs its weight and
 * what is selected below it, as often as its list is long. Of an abstract type the most expensive object counts.
 */
export function costOf(operation: OperationDefinitionNode, costing: Costing): Formula {
  const root = costing.schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  return new Estimate(costing, operation).of(root, [operation.selectionSet]);
}

/** A list size that a field has by its own arguments, for fields below it. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: Formula;
}

class Estimate {
  readonly #costing: Costing;
  readonly #variables: readonly VariableDefinitionNode[];
  readonly #mutation: GraphQLCompositeType | null | undefined;
  /** By type and selection sets: an abstract type's objects select the same below most fields. */
  readonly #known = new Map<string, Formula>();
  readonly #ids = new Map<SelectionSetNode, number>();
  #steps = 0;

  constructor(costing: Costing, { variableDefinitions = [] }: OperationDefinitionNode) {
    this.#costing = costing;
    this.#variables = variableDefinitions;
    this.#mutation = costing.schema.getMutationType();
  }

  /** What the selections on an object of the type cost, without the object. */
  of(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], sized?: Sized): Formula {
    if (sized) return this.#fields(type, sets, sized);
    const key = `${type.name} ${sets.map((set) => this.#idOf(set)).join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const formula = this.#fields(type, sets);
    this.#known.set(key, formula);
    return formula;
  }

  #idOf(set: SelectionSetNode): number {
    const id = this.#ids.get(set) ?? this.#ids.size;
    this.#ids.set(set, id);
    return id;
  }

  #fields(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], sized?: Sized): Formula {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) return Number.POSITIVE_INFINITY;
    const { schema, fragments } = this.#costing;
    const fields = collectFields(sets, type, schema, fragments);
    return sum([...fields.values()].map((nodes) => this.#field(type, nodes, sized)));
  }

  #field(
    type: GraphQLCompositeType,
    nodes: readonly [FieldNode, ...FieldNode[]],
    sized: Sized | undefined,
  ): Formula {
    const [node] = nodes;
    const { name, alias } = node;
    const named = nameWeight((alias ?? name).value);
    if (name.value === '__typename') return weights.leaf + named;
    const field = fieldOf(type, name.value);
    const list = this.#costing.model.lists.get(`${type.name}.${field.name}`);
    const size = list && this.#listSize(list, node, field);
    const below: Sized | undefined =
      list?.sizedFields && size !== undefined ? { fields: list.sizedFields, size } : undefined;
    const own = below ? undefined : size;
    const length = lengthOf(field.type, sized?.fields.includes(field.name) ? sized.size : own);
    const effect = type === this.#mutation ? weights.mutation : 0;
    const rows = below ? sum([weights.page, product(below.size, weights.row)]) : 0;
    return sum([
      named + effect,
      rows,
      this.#arguments(type, node, field),
      product(length, this.#value(type, nodes, field, below)),
    ]);
  }

  #value(
    type: GraphQLCompositeType,
    nodes: readonly FieldNode[],
    field: GraphQLField<unknown, unknown>,
    sized: Sized | undefined,
  ): Formula {
    const { schema, model } = this.#costing;
    const inner = getNamedType(field.type);
    const given = model.weights.get(`${type.name}.${field.name}`);
    if (isLeafType(inner)) return given ?? model.weights.get(inner.name) ?? weights.leaf;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const possible = isAbstractType(inner) ? schema.getPossibleTypes(inner) : [inner];
    return highest(
      possible.map((each) =>
        sum([given ?? model.weights.get(each.name) ?? weights.object, this.of(each, sets, sized)]),
      ),
    );
  }

  #arguments(type: GraphQLCompositeType, node: FieldNode, field: GraphQLField<unknown, unknown>): Formula {
    if (!node.arguments || node.arguments.length === 0) return 0;
    return sum(
      field.args.map((argument) => {
        const isGiven = node.arguments?.some(({ name }) => name.value === argument.name);
        if (!isGiven) return 0;
        const inner = getNamedType(argument.type);
        const isList = isListType(isNonNullType(argument.type) ? argument.type.ofType : argument.type);
        const ofLeaf = isList ? weights.leaf : 0;
        const initial = isInputObjectType(inner) ? weights.object : ofLeaf;
        const { model } = this.#costing;
        const weight = model.weights.get(`${type.name}.${field.name}(${argument.name}:)`) ?? initial;
        return isList ? product(listSize([this.#given(node, argument)], 0), weight) : weight;
      }),
    );
  }

  #listSize(
    { slicingArguments, assumedSize }: ListSize,
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
  ) {
    const given = (slicingArguments ?? []).flatMap((name) => {
      const argument = field.args.find((each) => each.name === name);
      return argument ? [this.#given(node, argument)] : [];
    });
    return listSize(given, assumedSize ?? ASSUMED_LIST_SIZE);
  }

  /** An argument that is left out, or whose variable is, has its default. */
  #given(node: FieldNode, { name, defaultValue }: GraphQLArgument): Given {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (!value) return { value: defaultValue };
    if (value.kind !== 'Variable') return { value: valueFromASTUntyped(value) };
    const variable = value.name.value;
    const definition = this.#variables.find((each) => each.variable.name.value === variable);
    const initial = definition?.defaultValue && valueFromASTUntyped(definition.defaultValue);
    return { variable, otherwise: definition?.defaultValue ? initial : defaultValue };
  }
}

/** Of a name that is written with each object. */
const nameWeight = ({ length }: string): number =>
  Math.ceil(Math.max(0, length - SHORT_NAME) / SHORT_NAME) * weights.longName;

/** How many values a field has: a list of lists has as many as all of them. */
function lengthOf(type: GraphQLOutputType, size: Formula | undefined): Formula {
  if (isNonNullType(type)) return lengthOf(type.ofType, size);
  if (!isListType(type)) return size ?? 1;
  const inner = isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType;
  return product(size ?? ASSUMED_LIST_SIZE, isListType(inner) ? lengthOf(inner, undefined) : 1);
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  const field = 'getFields' in type ? type.getFields()[name] : undefined;
  if (!field) throw new Error(`The schema has no field ${type.name}.${name}.`);
  return field;
}
