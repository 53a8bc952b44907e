import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { documentFault } from './document-fault.ts';
import { documentGuard } from './document-guard.ts';
import { defaultLimits, type Limits, subgraphLimits } from './limits.ts';

function faultOf(source: string, limits: Partial<Limits> = {}) {
  return documentFault(parse(source), { ...defaultLimits, ...limits });
}

/** Fragments that spread each other in a circle, each inside a field. */
const circle = Array.from(
  { length: 50 },
  (_, i) => `fragment F${i} on Query { a { ...F${(i + 1) % 50} ...F${(i + 2) % 50} } }`,
).join('\n');

describe('a document within the limits', () => {
  test.each([
    ['one field', '{ a }'],
    ['fragments used twice', '{ a { ...F } b { ...F } } fragment F on A { c d }'],
    ['an unknown fragment, which validation reports', '{ ...Nothing }'],
    [
      'the introspection query',
      getIntrospectionQuery({ oneOf: true, specifiedByUrl: true, directiveIsRepeatable: true }),
    ],
  ])('passes: %s', (_case, source) => {
    expect(faultOf(source)).toBeUndefined();
  });
});

describe('a document beyond a limit is refused:', () => {
  test.each<[string, Partial<Limits>, string, string]>([
    ['depth', { documentDepth: 2 }, '{ a { b } }', '{ a { b { c } } }'],
    [
      'depth by fragments',
      { documentDepth: 2 },
      '{ ...F } fragment F on A { a { b } }',
      '{ a { ...F } } fragment F on A { a { b } }',
    ],
    [
      'depth, not counting inline fragments',
      { documentDepth: 1 },
      '{ ... { ... { a } } }',
      '{ ... { a { b } } }',
    ],
    ['aliases', { documentAliases: 1 }, '{ x: a b }', '{ x: a y: b }'],
    [
      'aliases by fragments',
      { documentAliases: 1 },
      '{ ...F } fragment F on A { x: a }',
      '{ ...F b { ...F } } fragment F on A { x: a }',
    ],
    ['root fields', { documentRootFields: 2 }, '{ a b a }', '{ a b ... { c } }'],
    ['repetitions', { documentRepetitions: 2 }, '{ a a }', '{ a ... { a } a }'],
    [
      'repetitions of merged fields',
      { documentRepetitions: 2 },
      '{ a { b } a { b } }',
      '{ a { b b } a { b } }',
    ],
    ['the name of an operation', { nameLength: 3 }, 'query abc { a }', 'query abcd { a }'],
    ['names of variables', { nameLength: 1 }, 'query q($a: B) { c }', 'query q($a: B, $bc: B) { c }'],
    ['selections', { documentSelections: 3 }, '{ a b c }', '{ a b ... { c } }'],
  ])('%s', (_limit, limits, within, beyond) => {
    expect(faultOf(within, limits)).toBeUndefined();
    expect(faultOf(beyond, limits)).toMatch(/\.$/);
  });

  test('fragments in a cycle', () => {
    expect(faultOf('{ ...A } fragment A on Q { ...B } fragment B on Q { ...A }')).toContain(
      '"A" spreads itself',
    );
    expect(faultOf(`{ ...F0 } ${circle}`)).toBeDefined();
  });

  test('an unused fragment in a cycle', () => {
    expect(faultOf('{ a } fragment A on Q { ...A }')).toContain('"A" spreads itself');
  });

  test('fragments that double at each step, without a single field', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Q { ...F${i + 1} ...F${i + 1} }`,
    );
    expect(faultOf(`{ ...F0 } ${doubling.join(' ')}`)).toContain('at most 1000 fields');
  });
});

describe('the guard', () => {
  const guard = documentGuard(defaultLimits);

  test.each([
    ['selections nested 10,000 deep', `${'{a'.repeat(10_000)}${'}'.repeat(10_000)}`, 'nest'],
    ['lists nested 100,000 deep', `{ a(b: ${'['.repeat(100_000)}) }`, 'nest'],
    ['too many tokens', `{ ${'a '.repeat(5_000)} }`, 'tokens'],
    ['fragments in a cycle', `{ ...F0 } ${circle}`, 'levels'],
  ])('refuses %s', (_case, source, word) => {
    expect(() => guard(source)).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_LIMIT_EXCEEDED', status: 400 }),
    );
    expect(() => guard(source)).toThrow(word);
  });

  test('leaves syntax errors to the GraphQL server, and refuses again what it refused', () => {
    expect(() => guard('{ a')).not.toThrow();
    for (const _again of [1, 2]) expect(() => guard(`{ ${'a '.repeat(100)} }`)).toThrow('repeated');
  });

  test('lets the router select more from a subgraph than a client from the router', () => {
    const written = `{ _entities { ${Array.from({ length: 2_500 }, (_, i) => `f${i}(x: ${i}) `)} } }`;
    expect(() => guard(written)).toThrow('tokens');
    expect(() => documentGuard(subgraphLimits)(written)).not.toThrow();
  });

  test('is needed: graphql-js overflows the stack on such documents', () => {
    expect(() => parse(`${'{a'.repeat(10_000)}${'}'.repeat(10_000)}`)).toThrow(/call stack/);
    const schema = buildSchema('type Query { a: Query }');
    expect(() => validate(schema, parse(`{ ...F0 } ${circle}`))).toThrow(/call stack/);
  });
});
