import { costIdentity, type Schema } from '@apollo/federation-internals';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** `@listSize` of the cost specification. */
export interface ListSize {
  readonly assumedSize?: number | null;
  readonly slicingArguments?: readonly string[] | null;
  readonly sizedFields?: readonly string[] | null;
}

/** What the supergraph says about costs (https://specs.apollo.dev/cost/v0.1). */
export interface CostModel {
  /** Of `@cost`, by coordinate: `Type`, `Type.field` and `Type.field(argument:)`. */
  readonly weights: ReadonlyMap<string, number>;
  /** Of `@listSize`, by coordinate: `Type.field`. */
  readonly lists: ReadonlyMap<string, ListSize>;
}

/** What of the supergraph may have a directive. */
interface Element {
  readonly coordinate: string;
  readonly appliedDirectives: readonly { readonly name: string; arguments(): object }[];
}

/**
 * @param supergraph with its directives
 * @param schema what clients see; the lists of its introspection have known lengths
 */
export function costModel(supergraph: Schema, schema: GraphQLSchema): CostModel {
  const weights = new Map<string, number>();
  const lists = new Map(introspectionLists(schema));
  const feature = supergraph.coreFeatures?.getByIdentity(costIdentity);
  if (!feature) return { weights, lists };
  const cost = feature.directiveNameInSchema('cost');
  const listSize = feature.directiveNameInSchema('listSize');
  const read = ({ coordinate, appliedDirectives }: Element): void => {
    for (const directive of appliedDirectives) {
      const given: { readonly weight?: number } & ListSize = directive.arguments();
      if (directive.name === cost) weights.set(coordinate, given.weight ?? 0);
      if (directive.name === listSize) lists.set(coordinate, given);
    }
  };
  for (const type of supergraph.allTypes()) {
    read(type);
    if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') continue;
    for (const field of type.fields()) {
      read(field);
      field.arguments().forEach(read);
    }
  }
  return { weights, lists };
}

/** What the lists of a type hold in introspection, by their names. */
const ofType = {
  fields: (type) => fieldsOf(type).length,
  inputFields: (type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0),
  enumValues: (type) => (isEnumType(type) ? type.getValues().length : 0),
  interfaces: (type) => (isObjectType(type) ? type.getInterfaces().length : 0),
  possibleTypes: (type, schema) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0),
} satisfies Record<string, (type: GraphQLNamedType, schema: GraphQLSchema) => number>;

/**
 * How long the lists of introspection are on average. Of types, a half have another one inside. One that a client picks counts
 * as many average ones, since it may be the largest.
 */
function introspectionLists(schema: GraphQLSchema): [string, ListSize][] {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap(fieldsOf);
  const directives = schema.getDirectives();
  const counts = Object.entries(ofType).map(
    ([list, count]) => [list, types.map((type) => count(type, schema))] as const,
  );
  const args = types.map((type) => fieldsOf(type).reduce((sum, field) => sum + field.args.length, 0));
  const picked = Math.max(...[...counts.map(([, all]) => all), args].map(largest));
  const sizes: Readonly<Record<string, number>> = {
    ...Object.fromEntries(counts.map(([list, all]) => [`__Type.${list}`, average(all)])),
    '__Schema.types': types.length,
    '__Schema.directives': directives.length,
    '__Schema.queryType': picked,
    '__Schema.mutationType': picked,
    '__Schema.subscriptionType': picked,
    [`${schema.getQueryType()?.name}.__type`]: picked,
    '__Type.ofType': 0.5,
    '__Field.args': average(fields.map((field) => field.args.length)),
    '__Directive.args': average(directives.map((directive) => directive.args.length)),
    '__Directive.locations': average(directives.map(({ locations }) => locations.length)),
  };
  return Object.entries(sizes).map(([coordinate, size]) => [coordinate, { assumedSize: binary(size) }]);
}

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

const average = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);

/** In how many average ones the largest would be. */
const largest = (counts: readonly number[]): number =>
  Math.max(...counts) > 0 ? Math.max(...counts) / average(counts) : 1;

/** Rounded up to eighths, whose sums do not depend on their order. */
const binary = (size: number): number => Math.ceil(size * 8) / 8;
