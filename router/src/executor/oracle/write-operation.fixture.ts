import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  parse,
  print,
  validate,
} from 'graphql';
import type { Choice, OperationChoice } from './operations.fixture.ts';

/** A client's request. */
export interface Operation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The operation that the choices mean under a schema; always valid. Aliases collide at will, and where that makes the
 * document invalid, each field has one of its own.
 *
 * @param names the aliases that collide with what the planner fetches for itself
 */
export function writeOperation(
  choice: OperationChoice,
  schema: GraphQLSchema,
  names: readonly string[],
): Operation {
  const first = new Writer(schema, names).operation(choice);
  if (validate(schema, parse(first.text)).length === 0) return first;
  const plain = new Writer(schema, undefined).operation(choice);
  const [invalid] = validate(schema, parse(plain.text));
  if (invalid) throw new Error(`${invalid.message}\n${plain.text}`);
  return plain;
}

class Writer {
  readonly #schema: GraphQLSchema;
  readonly #names: readonly string[] | undefined;
  readonly #fragments: string[] = [];
  readonly #definitions = new Map<string, string>();
  readonly #variables: Record<string, unknown> = {};

  constructor(schema: GraphQLSchema, names: readonly string[] | undefined) {
    this.#schema = schema;
    this.#names = names;
  }

  operation({ root, selections }: OperationChoice): Operation {
    const mutation = this.#schema.getMutationType();
    const type = root === 0 && mutation ? mutation : this.#schema.getQueryType();
    if (!type) throw new Error('The schema has no query type.');
    const set = this.#set(selections, type);
    const variables = [...this.#definitions].map(([name, definition]) => `$${name}: ${definition}`);
    const declared = variables.length > 0 ? `(${variables.join(', ')})` : '';
    const kind = type === mutation ? 'mutation' : 'query';
    const text = `${kind} Generated${declared} ${set} ${this.#fragments.join(' ')}`;
    return { text: print(parse(text)), variables: this.#variables };
  }

  #set(choices: readonly Choice[], type: GraphQLCompositeType): string {
    const selections = choices.map((choice) => this.#selection(choice, type));
    return `{ ${selections.length > 0 ? selections.join(' ') : '__typename'} }`;
  }

  #selection(choice: Choice, type: GraphQLCompositeType): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const conditions = this.#conditions(type);
    const options = [undefined, ...fields, ...fields, ...conditions];
    const option = options[choice.pick % options.length];
    if (isCompositeType(option))
      return `... on ${option.name} ${this.#directives(choice)} ${this.#set(choice.below, option)}`;
    const directives = this.#directives(choice);
    const selection = option
      ? this.#field(choice, type, option, directives)
      : `${this.#typename(choice)} ${directives}`;
    return this.#wrapped(choice, type, selection);
  }

  #conditions(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
    const isOverlapping = (other: GraphQLCompositeType) =>
      possible.some((one) => one === other || (isAbstractType(other) && this.#schema.isSubType(other, one)));
    return isAbstractType(type)
      ? Object.values(this.#schema.getTypeMap())
          .filter((other) => isCompositeType(other) && isOverlapping(other))
          .filter(isCompositeType)
      : [];
  }

  #typename({ alias }: Choice): string {
    return alias % 6 === 5 ? 'kind_: __typename' : '__typename';
  }

  #field(
    choice: Choice,
    type: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown>,
    directives: string,
  ): string {
    const given = field.args.flatMap((argument, index) => this.#argument(argument, choice.value + index * 7));
    const inner = getNamedType(field.type);
    const set = isCompositeType(inner) ? this.#set(choice.below, inner) : '';
    const values = given.length > 0 ? `(${given.join(', ')})` : '';
    return `${this.#alias(choice, type, field)}${field.name}${values} ${directives} ${set}`;
  }

  #alias(
    { alias, value }: Choice,
    type: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown>,
  ): string {
    const own = field.args.length > 0 ? `${field.name}_${value}: ` : '';
    if (!this.#names) return `${type.name}_${field.name}_${field.args.length > 0 ? value : 0}: `;
    if (alias < 16) return own;
    if (alias < 19) return `x${alias}: `;
    if (alias < 22) return `${field.name}_${value}: `;
    return `${this.#names[value % this.#names.length]}: `;
  }

  #argument({ name, type, defaultValue }: GraphQLArgument, value: number): string[] {
    const isOptional = !isNonNullType(type) || defaultValue !== undefined;
    if (isOptional && value % 3 === 0) return [];
    const typed = literal(type, value);
    if (value % 2 === 0) return [`${name}: ${typed.text}`];
    const variable = `v${value}_${name}`;
    this.#definitions.set(variable, String(type));
    // An optional variable without a value leaves its argument out.
    if (!isOptional || value % 5 > 0) this.#variables[variable] = typed.value;
    return [`${name}: $${variable}`];
  }

  #wrapped(choice: Choice, type: GraphQLCompositeType, selection: string): string {
    if (choice.wrap < 10) return selection;
    if (choice.wrap === 12) return `${selection} ${selection}`;
    const directives = this.#directives({ ...choice, condition: (choice.condition * 7) % 20 });
    if (choice.wrap === 10) return `... ${directives} { ${selection} }`;
    if (choice.wrap === 11) return `... on ${type.name} ${directives} { ${selection} }`;
    const name = `F${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} { ${selection} }`);
    return choice.wrap === 13 ? `...${name} ...${name} ${directives}` : `...${name} ${directives}`;
  }

  #directives({ condition, value }: Choice): string {
    if (condition < 14) return '';
    const kinds = condition === 19 ? ['skip', 'include'] : [condition % 2 === 0 ? 'skip' : 'include'];
    return kinds
      .map((kind, index) => `@${kind}(if: ${this.#boolean(value + index, kind === 'include')})`)
      .join(' ');
  }

  /** Mostly what keeps the selection. */
  #boolean(value: number, keeps: boolean): string {
    const answer = value % 4 > 0 ? keeps : !keeps;
    if (value % 3 === 0) return String(answer);
    const name = `${value % 3 === 1 ? 'given' : 'default'}_${answer}`;
    this.#definitions.set(name, value % 3 === 1 ? 'Boolean!' : `Boolean! = ${answer}`);
    if (value % 3 === 1) this.#variables[name] = answer;
    return `$${name}`;
  }
}

/** A value of an input type. */
function literal(type: GraphQLInputType, value: number): { text: string; value: unknown } {
  if (isNonNullType(type)) return literal(type.ofType, value);
  if (value % 11 === 10 && !isInputObjectType(type)) return literal(type, value + 1);
  if (isListType(type)) {
    const elements = [literal(type.ofType, value + 1), literal(type.ofType, value + 2)].slice(value % 3);
    return {
      text: `[${elements.map(({ text }) => text).join(', ')}]`,
      value: elements.map((element) => element.value),
    };
  }
  if (isEnumType(type)) {
    const name = type.getValues()[value % type.getValues().length]?.name ?? '';
    return { text: name, value: name };
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field, index) => isNonNullType(field.type) || (value + index) % 2 === 0,
    );
    const entries = fields.map((field, index) => [field.name, literal(field.type, value + index)] as const);
    return {
      text: `{ ${entries.map(([name, { text }]) => `${name}: ${text}`).join(', ')} }`,
      value: Object.fromEntries(entries.map(([name, inner]) => [name, inner.value])),
    };
  }
  const plain =
    { Int: value % 5, Float: (value % 5) / 2, Boolean: value % 2 === 0 }[type.name] ?? `id-${value % 4}`;
  return { text: JSON.stringify(plain), value: plain };
}
