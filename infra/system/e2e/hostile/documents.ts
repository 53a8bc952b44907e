import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { posted } from './exchange.ts';
import { damaged, mostly, text } from './values.ts';

const LITERALS = [
  'null',
  '-0',
  '1e400',
  '99999999999999999999',
  '"\\ud800"',
  '"\\u0000"',
  '"""\0"""',
  '$v',
  '[[[]]]',
  '{a:1}',
  'X',
  '""',
];
const DIRECTIVES = [
  '',
  '@skip(if: $v)',
  '@include(if: null)',
  '@defer',
  '@stream',
  '@x',
  '@skip(if: true) @skip(if: true)',
];

/** A selection set on a type, most of which is valid: with values that may be wild. */
function selectionOn(type: GraphQLNamedType | undefined, depth: number): fc.Arbitrary<string> {
  if (!(isObjectType(type) || isInterfaceType(type)) || depth === 0) return fc.constant('{ __typename }');
  const known = Object.values(type.getFields()).map((field) => {
    const below = getNamedType(field.type);
    const inner = isLeafType(below)
      ? fc.constant('')
      : fc.constant(below).chain((on) => selectionOn(on, depth - 1));
    return fc.tuple(aliases, fc.constant(field.name), givenTo(field.args), directives, inner);
  });
  const foreign = fc.tuple(
    aliases,
    fc.constantFrom('__schema { types { name } }', '_entities', 'x', '...F'),
    fc.constantFrom('', '(x: 1)'),
    directives,
    fc.constantFrom('', '{ id }'),
  );
  const field = fc.oneof({ weight: 40, arbitrary: fc.oneof(...known) }, { weight: 1, arbitrary: foreign });
  return fc
    .array(
      field.map((parts) => parts.join(' ')),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) => `{ ${all.join(' ')} }`);
}

const aliases = mostly(fc.constantFrom('', 'a:'), fc.constantFrom('id:', '__proto__:', 'representations:'));
const directives = mostly(fc.constant(''), fc.constantFrom(...DIRECTIVES));
const wild = fc.oneof(
  fc.constantFrom(...LITERALS),
  text.map((value) => JSON.stringify(value)),
);

function givenTo(args: readonly GraphQLArgument[]): fc.Arbitrary<string> {
  if (args.length === 0) return fc.constant('');
  const each = args.map((argument) => {
    const value = literalOf(argument.type).map((literal) => `${argument.name}: ${literal}`);
    return isRequiredArgument(argument) ? value : fc.oneof(fc.constant(''), fc.constant(''), value);
  });
  return fc.tuple(...each).map((all) => (all.join('').length > 0 ? `(${all.join(' ')})` : ''));
}

function literalOf(type: GraphQLInputType): fc.Arbitrary<string> {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type))
    return mostly(
      fc.array(literalOf(type.ofType), { maxLength: 3 }).map((all) => `[${all.join(' ')}]`),
      wild,
    );
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields()).map((field) => {
      const member = fc
        .constant(field.type)
        .chain(literalOf)
        .map((literal) => `${field.name}: ${literal}`);
      return isNonNullType(field.type) ? mostly(member, fc.constant('')) : fc.oneof(fc.constant(''), member);
    });
    return fc.tuple(...members).map((all) => `{ ${all.join(' ')} }`);
  }
  if (isEnumType(type)) return mostly(fc.constantFrom(...type.getValues().map(({ name }) => name)), wild);
  const usual = {
    Int: fc.integer({ min: 1, max: 50 }).map(String),
    Boolean: fc.constantFrom('true', 'false'),
  };
  const scalar =
    type.name === 'Int' || type.name === 'Boolean'
      ? usual[type.name]
      : fc.constantFrom('"a"', '"2024-11-21"', '1');
  return fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: wild });
}

/** Documents that are nearly of a graph. */
export function documents(schema: GraphQLSchema): fc.Arbitrary<Uint8Array> {
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  const operation = fc
    .constantFrom('query', 'query', 'mutation')
    .chain((kind) =>
      selectionOn((kind === 'query' ? roots.query : roots.mutation) ?? undefined, 5).map(
        (set) => `${kind} ${set}`,
      ),
    );
  const document = fc.oneof(
    { weight: 5, arbitrary: operation },
    { weight: 1, arbitrary: damaged(operation) },
  );
  return document.map((query) => posted(JSON.stringify({ query })));
}
