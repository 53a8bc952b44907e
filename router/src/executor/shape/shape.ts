import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Denials } from '../../access/denials.ts';
import { asksForSchema, isIntrospection } from '../../syntax/introspection.ts';
import { bareSelections, collectFields, type Fragments } from '../../syntax/selections.ts';
import type { Weight } from '../../weight.ts';
import { type DeferredFragment, partOf } from '../deferred-fragments.ts';
import { nodeWeight } from '../weight.ts';
import type { DeferredShape } from './completers.ts';
import {
  type Completer,
  DeniedCompleter,
  LeafCompleter,
  ListCompleter,
  ObjectCompleter,
  type ShapedField,
  type TypeShape,
} from './completers.ts';
import { dependsOnType } from './depends-on-type.ts';
import { type Introspecting, IntrospectionCompleter } from './introspected.ts';
import { readLeaf } from './leaves.ts';

/** What an operation's response is shaped by. */
export interface Shaping {
  /** The API's. */
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** The client's response names, of those that are planned under others. */
  readonly original: ReadonlyMap<string, string>;
  /** The client's names of variables, likewise. */
  readonly variables: ReadonlyMap<string, string>;
  /** By part, without the first. */
  readonly deferred: readonly DeferredFragment[];
  /** What is null with an error, whatever was fetched; undefined: nothing. */
  readonly denials: Denials | undefined;
  /** To which is added what is compiled. */
  readonly weight: Weight;
}

/** Of the bare fragments, and beside them what introspection is compiled of. */
interface Compiling extends Shaping {
  readonly introspecting: Introspecting | undefined;
}

/** Bytes of what completes an object, and of a field that is compiled for one of its types. */
const OBJECT = 1_000;
const FIELD = 200;
/** Characters of JSON around a name and its value. */
const MARKS = 4;

/**
 * Compiles an operation's selections, which have no conditions, into the walk that turns the merged response into the
 * client's: its fields in its order under its names, of the schema's types, nulls where the schema allows them. What is
 * deferred is left out, and noted. Types are compiled when their first object comes.
 */
export function compileShape(operation: OperationDefinitionNode, shaping: Shaping): Completer {
  const root = shaping.schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const { weight, fragments } = shaping;
  const selections = bareSelections(operation.selectionSet);
  const bare = new Map(fragments.entries().map(([name, fragment]) => [name, bareFragment(fragment)]));
  weight.add(nodeWeight([selections, ...bare.values()]));
  const asked = [operation, ...fragments.values()];
  // Else nothing holds what has arguments, so that it can be collected.
  const introspecting = asksForSchema(asked) ? { ...shaping, operation } : undefined;
  if (introspecting) weight.add(nodeWeight(asked));
  return objects(root.name, true, root, [selections], { ...shaping, fragments: bare, introspecting });
}

const bareFragment = ({ selectionSet, ...fragment }: FragmentDefinitionNode): FragmentDefinitionNode => ({
  ...fragment,
  selectionSet: bareSelections(selectionSet),
});

function compile(
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  coordinate: string,
  shaping: Compiling,
): Completer {
  const isNullable = !isNonNullType(type);
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) {
    const element = compile(inner.ofType, sets, coordinate, shaping);
    return new ListCompleter(coordinate, isNullable, element);
  }
  if (isLeafType(inner)) return new LeafCompleter(coordinate, isNullable, readLeaf(inner));
  return objects(coordinate, isNullable, inner, sets, shaping);
}

function objects(
  coordinate: string,
  isNullable: boolean,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  shaping: Compiling,
): ObjectCompleter {
  const { schema, weight, denials } = shaping;
  weight.add(OBJECT);
  const shapes = new Map<string, TypeShape>();
  const shapeOn = (concrete: GraphQLCompositeType): TypeShape => {
    const known = shapes.get(concrete.name);
    if (known) return known;
    const shape = typeShape(concrete, sets, shaping);
    shapes.set(concrete.name, shape);
    return shape;
  };
  if (!isAbstractType(type)) {
    const shape = () => shapeOn(type);
    return new ObjectCompleter(coordinate, isNullable, shape, () => [shape()]);
  }
  const possible = schema.getPossibleTypes(type);
  const byName = new Map<unknown, GraphQLCompositeType>(
    possible.map((concrete) => [concrete.name, concrete]),
  );
  // Where no type matters, the planner does not ask for it, or an interface object has only the interface's name.
  byName.set(undefined, type).set(type.name, type);
  const denied = new Set<unknown>(
    possible.filter((concrete) => denials?.hasType(concrete)).map(({ name }) => name),
  );
  let isByType: boolean | undefined;
  const shapeOf = (typename: unknown) => {
    const concrete = byName.get(typename);
    if (concrete === type) isByType ??= dependsOnType(type, sets, shaping);
    // Nobody knows what of the selection such an object has.
    if (concrete === type && isByType) return undefined;
    return concrete && (denied.has(typename) ? DENIED : shapeOn(concrete));
  };
  const shapesOf = (typename: unknown) => {
    const known = byName.get(typename) ?? type;
    return known === type ? [type, ...possible].map(shapeOn) : [shapeOn(known)];
  };
  return new ObjectCompleter(coordinate, isNullable, shapeOf, shapesOf);
}

const DENIED: TypeShape = { fields: [], deferred: [], bytes: 0, isDenied: true };

function typeShape(
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  shaping: Compiling,
): TypeShape {
  const deferred = new Map<DirectiveNode, DeferredShape>();
  const collected = collectFields(sets, type, shaping.schema, shaping.fragments, (fragment) => {
    const part = partOf(fragment);
    if (part === undefined) return false;
    const { source } = shaping.deferred[part - 1] ?? {};
    if (!source) return false;
    // Of one `@defer` that applies twice to an object, the client gets one part.
    if (!deferred.has(source)) {
      const completer = objects(type.name, true, type, [fragment.selectionSet], shaping);
      deferred.set(source, { part, completer });
    }
    return true;
  });
  shaping.weight.add(FIELD * collected.size);
  const fields = [...collected].map(([from, nodes]): ShapedField => {
    const key = shaping.original.get(from) ?? from;
    return { key, from, completer: completerOf(type, nodes, shaping) };
  });
  const bytes = fields.reduce((sum, { key }) => sum + key.length + MARKS, MARKS);
  return { fields, deferred: [...deferred.values()], bytes };
}

function completerOf(
  type: GraphQLCompositeType,
  nodes: readonly [FieldNode, ...FieldNode[]],
  shaping: Compiling,
): Completer | string {
  const [{ name }] = nodes;
  const coordinate = `${type.name}.${name.value}`;
  if (name.value === '__typename') {
    // Nothing of an object whose type is not known can be told as its type.
    return isAbstractType(type) ? new LeafCompleter(coordinate, false, () => undefined) : type.name;
  }
  if (shaping.introspecting && isIntrospection(name.value))
    return new IntrospectionCompleter(coordinate, nodes, shaping.introspecting);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const definition = isUnionType(type) ? undefined : type.getFields()[name.value];
  if (!definition) throw new Error(`The schema has no field ${coordinate}.`);
  const denial = shaping.denials?.ofField(type, name.value);
  if (denial !== undefined) return new DeniedCompleter(coordinate, !isNonNullType(definition.type), denial);
  return compile(definition.type, sets, coordinate, shaping);
}
