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

/** How long the lists of introspection are on average. Of types, a half have another one inside. */
function introspectionLists(schema: GraphQLSchema): [string, ListSize][] {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const directives = schema.getDirectives();
  const ofTypes = (count: (type: GraphQLNamedType) => number) => average(types, count);
  const sizes: Readonly<Record<string, number>> = {
    '__Schema.types': types.length,
    '__Schema.directives': directives.length,
    '__Type.fields': fields.length / types.length,
    '__Type.inputFields': ofTypes((type) =>
      isInputObjectType(type) ? Object.keys(type.getFields()).length : 0,
    ),
    '__Type.enumValues': ofTypes((type) => (isEnumType(type) ? type.getValues().length : 0)),
    '__Type.interfaces': ofTypes((type) => (isObjectType(type) ? type.getInterfaces().length : 0)),
    '__Type.possibleTypes': ofTypes((type) =>
      isAbstractType(type) ? schema.getPossibleTypes(type).length : 0,
    ),
    '__Type.ofType': 0.5,
    '__Field.args': average(fields, ({ args }) => args.length),
    '__Directive.args': average(directives, ({ args }) => args.length),
    '__Directive.locations': average(directives, ({ locations }) => locations.length),
  };
  return Object.entries(sizes).map(([coordinate, size]) => [coordinate, { assumedSize: binary(size) }]);
}

const average = <Item>(items: readonly Item[], count: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + count(item), 0) / Math.max(1, items.length);

/** Rounded up to eighths, whose sums do not depend on their order. */
const binary = (size: number): number => Math.ceil(size * 8) / 8;
