import { present } from '@airline/testing';
import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import { anyone, values } from './values.ts';
import { reservationIds, type Values } from './world.ts';

export interface Operation {
  readonly text: string;
  readonly kind: 'query' | 'mutation';
  /** The coordinates of all fields that it selects. */
  readonly selected: readonly string[];
}

/** Ids of whom cursors are. */
const places = { after: [null, null, ...reservationIds, ...anyone], before: [null, null, ...reservationIds] };

const idsOf = (type: string): readonly string[] => (type.startsWith('Customer') ? anyone : reservationIds);

/** The first field of an entity's first key. */
function keyOf({ name, astNode }: GraphQLObjectType): string {
  const directive = astNode?.directives?.find((each) => each.name.value === 'key');
  const fields = directive?.arguments?.find((argument) => argument.name.value === 'fields')?.value;
  if (fields?.kind !== Kind.STRING) throw new Error(`${name} has no key.`);
  return present(fields.value.split(' ')[0], 'a field');
}

type Gen = fc.GeneratorValue;

/** Operations over all that a schema has: any root field, entity, path, alias, fragment, filter and cursor. */
export const anyOperation = (schema: GraphQLSchema, known: Values = values): fc.Arbitrary<Operation> =>
  fc.gen().map((gen) => new Writer(schema, gen, known).write());

/** What may be selected of a type, and fragments of it. */
export interface Selection extends Pick<Operation, 'selected'> {
  readonly text: string;
  readonly fragments: string;
}

/** Selections of a type, as deep as operations have them below a root field. */
export const anySelection = (schema: GraphQLSchema, type: string): fc.Arbitrary<Selection> =>
  fc.gen().map((gen) => new Writer(schema, gen, values).select(type));

class Writer {
  readonly #schema: GraphQLSchema;
  readonly #gen: Gen;
  readonly #values: Values;
  readonly #selected: string[] = [];
  readonly #fragments: string[] = [];
  #aliases = 0;

  constructor(schema: GraphQLSchema, gen: Gen, known: Values) {
    this.#schema = schema;
    this.#gen = gen;
    this.#values = known;
  }

  write(): Operation {
    const mutation = this.#schema.getMutationType();
    const isMutation = mutation && this.#one([false, false, true]);
    const root = isMutation ? mutation : this.#schema.getQueryType();
    if (!root) throw new Error('The schema has no queries.');
    const fields = isMutation
      ? this.#field(root, this.#one(Object.keys(root.getFields())), 4)
      : this.#selection(root, 5);
    const kind = isMutation ? 'mutation' : 'query';
    return { text: [`${kind} { ${fields} }`, ...this.#fragments].join('\n'), kind, selected: this.#selected };
  }

  select(name: string): Selection {
    const type = this.#schema.getType(name);
    if (!isObjectType(type)) throw new Error(`The schema has no type ${name}.`);
    const text = this.#selection(type, 4);
    return { text, fragments: this.#fragments.join('\n'), selected: this.#selected };
  }

  #one<Value>(of: readonly Value[]): Value {
    return present(of[this.#gen(fc.nat, { max: of.length - 1 })], 'a choice');
  }

  #selection(type: GraphQLObjectType, depth: number): string {
    const names = Object.keys(type.getFields()).filter((name) => depth > 1 || !this.#hasFields(type, name));
    const chosen = Array.from({ length: this.#one([1, 2, 3]) }, () =>
      this.#one([
        '__typename',
        ...names,
        ...names.filter((name) => name === '_entities' || name === 'history'),
      ]),
    );
    const text = chosen.map((name) => this.#field(type, name, depth)).join(' ');
    switch (this.#one(['plain', 'plain', 'inline', 'named'])) {
      case 'inline':
        return `... on ${type.name} { ${text} }`;
      case 'named': {
        const name = `F${this.#fragments.length}`;
        this.#fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
        return `...${name}`;
      }
      default:
        return text;
    }
  }

  #hasFields(type: GraphQLObjectType, name: string): boolean {
    const field = type.getFields()[name];
    return field !== undefined && (name === '_entities' || isObjectType(getNamedType(field.type)));
  }

  #field(type: GraphQLObjectType, name: string, depth: number): string {
    this.#selected.push(`${type.name}.${name}`);
    this.#aliases += 1;
    // Fields of one name with other arguments need other names.
    const alias = `a${this.#aliases}: `;
    if (name === '_entities') return `${alias}${this.#entities(depth)}`;
    const field = type.getFields()[name];
    if (!field) return `${alias}${name}`;
    const returned = getNamedType(field.type);
    const below = isObjectType(returned) ? ` { ${this.#selection(returned, depth - 1)} }` : '';
    return `${alias}${name}${this.#arguments(field.args, idsOf(isObjectType(returned) ? returned.name : name))}${below}`;
  }

  #entities(depth: number): string {
    const union = this.#schema.getType('_Entity');
    const types = union && 'getTypes' in union ? union.getTypes().filter(isObjectType) : [];
    const type = this.#one(types);
    const key = keyOf(type);
    const ids = key === 'customerId' ? anyone : idsOf(type.name);
    const representation = () => `{ __typename: "${type.name}", ${key}: "${this.#one(ids)}" }`;
    const representations = Array.from({ length: this.#one([1, 2, 3]) }, representation).join(' ');
    return `_entities(representations: [${representations}]) { __typename ... on ${type.name} { ${this.#selection(type, depth - 1)} } }`;
  }

  #arguments(args: readonly GraphQLArgument[], ids: readonly string[]): string {
    const order = this.#order(args);
    const given = args.flatMap(({ name, type }) => {
      if (name === 'order') return [`order: ${order}`];
      if (!isNonNullType(type) && this.#one([true, false])) return [];
      if (name === 'after' || name === 'before') return [`${name}: ${this.#cursor(places[name], order)}`];
      return [`${name}: ${this.#value(name, type, ids)}`];
    });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  #order(args: readonly GraphQLArgument[]): string {
    const type = args.map((each) => getNamedType(each.type)).find(isEnumType);
    return type ? this.#one(['null', ...type.getValues().map(({ name }) => name)]) : 'null';
  }

  #cursor(ids: readonly (string | null)[], order: string): string {
    const id = this.#one(ids);
    if (id === null) return 'null';
    const [value] = this.#values[order] ?? [];
    const text = value === undefined ? id : [order, value, id].join('\0');
    return JSON.stringify(Buffer.from(text).toString('base64url'));
  }

  #value(name: string, type: GraphQLArgument['type'], ids: readonly string[]): string {
    const named = getNamedType(type);
    if (isEnumType(named)) return this.#one(named.getValues()).name;
    if (isInputObjectType(named)) {
      if (named.name === 'ReservationInput') return '[]';
      const fields = Object.values(named.getFields()).flatMap((field) =>
        isNonNullType(field.type) || this.#one([true, false])
          ? [`${field.name}: ${this.#value(field.name, field.type, reservationIds)}`]
          : [],
      );
      return `{ ${fields.join(', ')} }`;
    }
    // Ids for another argument would be refused as bad input, and no test would see what it does.
    const known = this.#values[name] ?? (named.name === 'ID' ? ids : undefined);
    return JSON.stringify(
      this.#one(
        present(
          known,
          `value of "${name}": add valid ones to \`values\` of its subgraph's src/ownership.fixture.ts`,
        ),
      ),
    );
  }
}
