import {
  buildClientSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';

/** A place of an operation where a client's text goes. */
export interface TextArgument {
  /** `placeReservation(input.customerId)` */
  readonly title: string;
  /** What a refusal names. */
  readonly field: string;
  /** The operation with the text as a variable, and, if it can be one, as a literal. */
  variable(text: string): { readonly query: string; readonly variables: Readonly<Record<string, unknown>> };
  literal?(text: string): string;
}

type Ask = (query: string) => Promise<{ readonly data?: unknown }>;

/** Each argument of a subgraph's root fields that is a text or contains one, and the keys of its entities. */
export async function textArguments(ask: Ask): Promise<readonly TextArgument[]> {
  const { data } = await ask(getIntrospectionQuery());
  const schema = buildClientSchema(data as IntrospectionQuery);
  const { data: service } = await ask('{ _service { sdl } }');
  return [...ofRootFields(schema), ...ofEntities((service as { _service: { sdl: string } })._service.sdl)];
}

function ofRootFields(schema: GraphQLSchema): TextArgument[] {
  const found: TextArgument[] = [];
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const { name, args, type } of Object.values(root?.getFields() ?? {})) {
      const kind = root === schema.getMutationType() ? 'mutation' : 'query';
      const selection = isLeafType(getNamedType(type)) ? '' : ' { __typename }';
      const operation = (declared: string, values: string) =>
        `${kind} ${declared} { ${name}(${values})${selection} }`;
      for (const arg of args) {
        const others = args.filter((other) => other !== arg && isNonNullType(other.type));
        const given = others.map((other) => `${other.name}: ${written(sample(other.type))}`);
        for (const [path, fill] of textsIn(arg.type, arg.name)) {
          found.push({
            title: `${name}(${path})`,
            field: path,
            variable: (text) => ({
              query: operation(
                `($${arg.name}: ${arg.type})`,
                [...given, `${arg.name}: $${arg.name}`].join(', '),
              ),
              variables: { [arg.name]: fill(text) },
            }),
            literal: (text) => operation('', [...given, `${arg.name}: ${written(fill(text))}`].join(', ')),
          });
        }
      }
    }
  }
  return found;
}

function ofEntities(sdl: string): TextArgument[] {
  const entities = [...sdl.matchAll(/type (\w+)\s+@key\(fields: "(\w+)"/g)];
  return entities.map(([, type, key]) => ({
    title: `_entities(${type}.${key})`,
    field: `representations[0].${key}`,
    variable: (text) => ({
      query:
        'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
      variables: { representations: [{ __typename: type, [String(key)]: text }] },
    }),
  }));
}

type Fill = (text: string) => unknown;

/** The paths of the texts in a type, and how to make a value with a text there. */
function textsIn(type: GraphQLInputType, path: string): [string, Fill][] {
  if (isNonNullType(type)) return textsIn(type.ofType, path);
  if (isListType(type)) {
    return textsIn(type.ofType, `${path}[0]`).map(([inner, fill]) => [inner, (text) => [fill(text)]]);
  }
  if (isInputObjectType(type)) {
    const others = sample(type) as object;
    return Object.values(type.getFields()).flatMap((field) =>
      textsIn(field.type, `${path}.${field.name}`).map(([inner, fill]): [string, Fill] => [
        inner,
        (text) => ({ ...others, [field.name]: fill(text) }),
      ]),
    );
  }
  return ['ID', 'String'].includes(type.name) ? [[path, (text) => text]] : [];
}

const samples: Readonly<Record<string, unknown>> = {
  Date: '2024-11-21',
  DateTime: '2024-11-21T10:00:00.000Z',
  Boolean: true,
};

/** A valid value of a type. */
function sample(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(type.ofType);
  if (isListType(type)) return [sample(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return samples[type.name] ?? (/Int/.test(type.name) ? 1 : 'a');
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return Object.fromEntries(required.map((field) => [field.name, sample(field.type)]));
}

/** A value as a literal; none of those here is an enum's. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([name, inner]) => `${name}: ${written(inner)}`)} }`;
}
