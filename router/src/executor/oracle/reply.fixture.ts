import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isOfType } from '../is-of-type.ts';
import { clientName } from './differences.fixture.ts';
import type { Subgraph } from './graph.fixture.ts';
import { type Identity, textOf } from './identities.fixture.ts';
import { picked } from './picked.fixture.ts';
import type { Response, World } from './world.fixture.ts';

type Tree = Record<string, unknown>;
type Path = readonly (string | number)[];

/** In the place of a null that the subgraph's schema does not allow. */
const BUBBLE = Symbol('bubble');

const SOUND = { isDamaged: false, value: undefined };

/** A field of an object, with all that its value depends on. */
interface Place {
  readonly holder: Identity;
  readonly field: string;
  /** The field's arguments and what it requires, as text. */
  readonly input: string;
  readonly sets: readonly SelectionSetNode[];
}

/** One response of a subgraph, made up while its operation is walked. */
export class Reply {
  readonly #world: World;
  readonly #subgraph: Subgraph;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #errors: Response['errors'][number][] = [];

  constructor(world: World, subgraph: Subgraph, variables: Readonly<Record<string, unknown>>) {
    this.#world = world;
    this.#subgraph = subgraph;
    this.#variables = variables;
  }

  to({ operation, selectionSet }: OperationDefinitionNode): Response {
    const type = this.#subgraph.schema.getRootType(operation);
    if (!type) throw new Error(`The subgraph has no ${operation}s.`);
    const root = { family: this.#rootName(type) ?? type.name, index: 0, path: '' };
    const data = this.#object(type, root, [selectionSet], [], {}, []);
    return { data: data === BUBBLE ? null : data, errors: this.#errors };
  }

  /** The root types may have names of their own in a subgraph. */
  #rootName(type: GraphQLObjectType | undefined): 'Query' | 'Mutation' | undefined {
    const { schema } = this.#subgraph;
    if (type === schema.getQueryType()) return 'Query';
    return type === schema.getMutationType() ? 'Mutation' : undefined;
  }

  #object(
    type: GraphQLObjectType,
    identity: Identity,
    sets: readonly SelectionSetNode[],
    path: Path,
    representation: Tree,
    possible: readonly string[],
  ): Tree | typeof BUBBLE {
    const tree: Tree = {};
    for (const [key, nodes] of this.#collect(type, sets, new Map())) {
      const value = this.#field(type, identity, nodes, [...path, key], representation, possible);
      if (value === BUBBLE) return BUBBLE;
      if (value !== undefined) tree[key] = value;
    }
    return tree;
  }

  #collect(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    into: Map<string, [FieldNode, ...FieldNode[]]>,
  ) {
    for (const { selections } of sets) {
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('Fetches have no named fragments.');
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition?.name.value ?? type.name;
          if (isOfType(this.#subgraph.schema, type.name, condition))
            this.#collect(type, [selection.selectionSet], into);
          continue;
        }
        const key = (selection.alias ?? selection.name).value;
        const known = into.get(key);
        if (known) known.push(selection);
        else into.set(key, [selection]);
      }
    }
    return into;
  }

  #field(
    type: GraphQLObjectType,
    holder: Identity,
    nodes: readonly [FieldNode, ...FieldNode[]],
    path: Path,
    representation: Tree,
    possible: readonly string[],
  ): unknown {
    const [node] = nodes;
    const field = node.name.value;
    if (field === '__typename') return this.#world.typename(textOf(holder), type.name, possible);
    const definition = type.getFields()[field];
    if (!definition) throw new Error(`${this.#subgraph.name} has no field ${type.name}.${field}.`);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (field === '_entities') return this.#entities(definition, node, sets, path);
    const required = this.#subgraph.requires.get(`${type.name}.${field}`);
    const read = required ? this.#read(`${type.name}.${field}`, holder, representation, required) : '';
    const order =
      this.#rootName(type) === 'Mutation'
        ? `#${this.#world.mutations.push(clientName(String(path[0])))}`
        : '';
    const place = { holder, field, input: this.#argumentsOf(definition, node) + read + order, sets };
    const coordinate = `${textOf(holder)}.${field}${place.input}`;
    const isKey = this.#world.identities.isKey(holder, field);
    const isSafe = this.#world.whole !== undefined && (isKey || isNonNullType(definition.type));
    const damaged = isSafe ? SOUND : this.#damaged(coordinate, definition.type, path, isKey ? 4 : 1);
    return damaged.isDamaged ? damaged.value : this.#complete(definition.type, place, coordinate, path);
  }

  /** What a field reads of a representation, as text; where the whole is known, whether that is the truth. */
  #read(field: string, holder: Identity, representation: Tree, required: SelectionSetNode): string {
    const read = JSON.stringify(picked(representation, required));
    const { whole, identities, untruths } = this.#world;
    if (!whole) return read;
    const type = whole.schema.getType(identities.concrete(holder));
    if (!isObjectType(type)) throw new Error(`There is no type of ${textOf(holder)}.`);
    const truth = new Reply(this.#world, whole, {}).#object(type, holder, [required], [], {}, []);
    const wanted = JSON.stringify(picked(truth, required));
    if (read !== wanted)
      untruths.push(
        `${field} of ${textOf(holder)} in ${this.#subgraph.name} was told ${read}, not ${wanted}`,
      );
    return '';
  }

  #argumentsOf(definition: GraphQLField<unknown, unknown>, node: FieldNode): string {
    if (definition.args.length === 0) return '';
    return JSON.stringify(Object.entries(getArgumentValues(definition, node, this.#variables)).sort());
  }

  #damaged(coordinate: string, type: GraphQLOutputType, path: Path, rarity: number) {
    const fault = this.#world.fault(coordinate, rarity);
    const message = `${fault} at ${coordinate} of ${this.#subgraph.name}`;
    if (fault === 'error' || fault === 'errorKept') this.#errors.push({ message, path });
    if (fault === 'pathless') this.#errors.push({ message });
    switch (fault) {
      case undefined:
        return SOUND;
      case 'missing':
        return { isDamaged: true, value: undefined };
      case 'wrong':
        return { isDamaged: true, value: this.#world.wrong(coordinate, wrongDepth(type)) };
      case 'error':
        return { isDamaged: true, value: isNonNullType(type) ? BUBBLE : null };
      default:
        return { isDamaged: true, value: null };
    }
  }

  #complete(type: GraphQLOutputType, place: Place, coordinate: string, path: Path): unknown {
    if (isNonNullType(type)) return this.#completeInner(type.ofType, place, coordinate, path);
    const value = this.#completeInner(type, place, coordinate, path);
    return value === BUBBLE ? null : value;
  }

  #completeInner(type: GraphQLOutputType, place: Place, coordinate: string, path: Path): unknown {
    if (isListType(type)) return this.#list(type.ofType, place, coordinate, path);
    if (isLeafType(type)) return this.#leaf(type, place, coordinate);
    const named = getNamedType(type);
    const { identities } = this.#world;
    const number = this.#world.number(coordinate);
    const { holder, field } = place;
    const possible = isAbstractType(named)
      ? this.#subgraph.schema.getPossibleTypes(named).map(String).toSorted()
      : [];
    const isKnown = possible.length === 0 || identities.isEntity(named.name);
    const name = isKnown ? named.name : String(possible[number % possible.length]);
    const below = coordinate.slice(`${holder.family}:${holder.index}`.length);
    const path_ = identities.isKey(holder, field) ? `${holder.path}.${field}` : below;
    const index = identities.isKey(holder, field) ? holder.index : number >>> 3;
    const isRoot = name === this.#subgraph.schema.getQueryType()?.name;
    const identity = identities.isEntity(name)
      ? identities.pick(name, index)
      : { ...(isRoot ? { family: 'Query', index: 0, path: '' } : { ...holder, path: path_ }) };
    return this.#object(this.#concrete(name, identity), identity, place.sets, path, {}, possible);
  }

  #concrete(name: string, identity: Identity): GraphQLObjectType {
    const type = this.#subgraph.schema.getType(name);
    const concrete = isInterfaceType(type)
      ? this.#subgraph.schema.getType(this.#world.identities.concrete(identity))
      : type;
    if (!isObjectType(concrete)) throw new Error(`${this.#subgraph.name} has no objects of type ${name}.`);
    return concrete;
  }

  #list(type: GraphQLOutputType, place: Place, coordinate: string, path: Path): unknown {
    const values: unknown[] = [];
    const length = this.#world.number(`${coordinate}#`) % 4;
    for (let i = 0; i < length; i++) {
      const at = `${coordinate}#${i}`;
      const isSafe = this.#world.whole !== undefined && isNonNullType(type);
      const damaged = isSafe ? SOUND : this.#damaged(at, type, [...path, i], 2);
      const value = damaged.isDamaged ? damaged.value : this.#complete(type, place, at, [...path, i]);
      if (value === BUBBLE) return BUBBLE;
      // No element of a list is missing in JSON.
      if (value === undefined) this.#world.met.add('null');
      values.push(value ?? null);
    }
    return values;
  }

  #leaf(type: GraphQLOutputType, { holder, field }: Place, coordinate: string): unknown {
    const number = this.#world.number(coordinate);
    if (this.#world.identities.isKey(holder, field)) {
      const isNumber =
        String(type) === 'Int' || (String(type) === 'ID' && this.#world.hasNumericKeys(holder.family));
      return isNumber ? holder.index : `${field}-${holder.index}`;
    }
    if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.name;
    switch (String(type)) {
      case 'Int':
        return number % 9;
      case 'Float':
        return (number % 9) / 2;
      case 'Boolean':
        return number % 2 === 0;
      case 'String':
        return number % 7 === 0 ? '' : `${field} ${number % 1_000}`;
      case 'ID':
        return `${number % 1_000}`;
      default:
        return [number % 3, '', false, { id: number % 5, __typename: 'Json' }, [[0]]][number % 5];
    }
  }

  #entities(
    definition: GraphQLField<unknown, unknown>,
    node: FieldNode,
    sets: readonly SelectionSetNode[],
    path: Path,
  ): unknown[] {
    const { representations } = getArgumentValues(definition, node, this.#variables);
    if (!Array.isArray(representations)) throw new Error('Representations are a list.');
    const entities = representations.map((representation: Tree, i) =>
      this.#entity(representation, sets, [...path, i]),
    );
    return this.#world.isShort(this.#subgraph) ? entities.slice(1) : entities;
  }

  #entity(representation: Tree, sets: readonly SelectionSetNode[], path: Path): unknown {
    const { identities } = this.#world;
    const name = String(representation.__typename);
    const known = this.#subgraph.schema.getType(name);
    if (!isObjectType(known) && !isInterfaceType(known)) return null;
    const identity = identities.read(representation);
    const isOther =
      isObjectType(known) && identities.family(name) !== name && identities.concrete(identity) !== name;
    const fault = this.#world.entityFault(this.#subgraph, textOf(identity));
    if (fault === 'entityError') {
      this.#errors.push({ message: `no entity ${textOf(identity)} in ${this.#subgraph.name}`, path });
    }
    if (isOther || fault !== undefined) return null;
    const entity = this.#object(this.#concrete(name, identity), identity, sets, path, representation, []);
    return entity === BUBBLE ? null : entity;
  }
}

/** How deep a wrong value may be nested in lists. */
function wrongDepth(type: GraphQLOutputType): number {
  if (isListType(type)) return 1 + wrongDepth(type.ofType);
  if (isNonNullType(type)) return wrongDepth(type.ofType);
  return isCompositeType(type) ? 0 : Number.POSITIVE_INFINITY;
}
