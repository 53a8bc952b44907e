import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { type InputValueDefinitionNode, Kind, parse, type TypeNode } from 'graphql';
import { expect, test } from 'vitest';

const SUBGRAPHS = join(import.meta.dirname, '../../../subgraphs');
const read = (...path: string[]) => readFileSync(join(SUBGRAPHS, ...path), 'utf8');

/** What `eachHasAnEffect` does not see, and the test that does. */
const SEEN_ELSEWHERE: Readonly<Record<string, { readonly file: string; readonly title: string }>> = {
  'PlaceReservationInput.awaitOutcome': {
    file: 'reservation/src/resolvers/await-outcome.int.test.ts',
    title: 'returns once the customer cancels',
  },
};

const named = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);

/** The input types and the arguments of mutations that an SDL has, by the names of their generated types, with their fields. */
function inputsOf(sdl: string): Map<string, readonly string[]> {
  const { definitions } = parse(sdl);
  const types = definitions.filter((node) => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION);
  const isInput = (field: InputValueDefinitionNode) =>
    types.some(({ name }) => name.value === named(field.type));
  const mutations = definitions.flatMap((node) =>
    (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    node.name.value === 'Mutation'
      ? (node.fields ?? [])
      : [],
  );
  const namesOf = (fields: readonly InputValueDefinitionNode[] = []) => fields.map(({ name }) => name.value);
  return new Map(
    [
      // The cases of filters are typed at one place for all: `filters.int.test.ts`.
      ...types
        .filter(({ name }) => !name.value.endsWith('Filter'))
        .map(({ name, fields }) => [name.value, namesOf(fields)] as const),
      ...mutations.map(({ name: { value }, arguments: args = [] }) => {
        const type = `Mutation${value.charAt(0).toUpperCase()}${value.slice(1)}Args`;
        return [type, namesOf(args.filter((each) => !isInput(each)))] as const;
      }),
    ].filter(([, fields]) => fields.length > 0),
  );
}

/** What no test of the effect of each names, of the fields of inputs and of the arguments that are none. */
function withoutEffectTest(sdl: string, tests: string): string[] {
  return Array.from(inputsOf(sdl)).flatMap(([type, fields]) => {
    const effects = new RegExp(`\\beachHasAnEffect<\\s*(?:Omit<\\s*)?${type}\\b([^>]*)>`).exec(tests);
    // The compiler asks for a value of each but these.
    const left = effects ? fields.filter((field) => effects[1]?.includes(`'${field}'`)) : fields;
    return left.map((field) => `${type}.${field}`).filter((name) => !SEEN_ELSEWHERE[name]);
  });
}

test('what has no test of its effect is named: fields, arguments, and what such a test omits', () => {
  const sdl = `type Mutation { count(after: ID, dryRun: Boolean): Int, drop(input: DropInput!, force: Boolean): Int, end: Int }
    input DropInput { id: ID!, of: OfInput, awaitOutcome: Boolean } input OfInput { at: Int } input DropFilter { id: ID }`;
  const tests = `eachHasAnEffect<MutationCountArgs>({ … }, …);
    eachHasAnEffect<Omit<DropInput, 'id' | 'of'>>({ … }, …);`;
  expect(withoutEffectTest(sdl, tests)).toEqual([
    'DropInput.id',
    'DropInput.of',
    'OfInput.at',
    'MutationDropArgs.force',
  ]);
});

// A field that is checked and then dropped has no effect, and no type shows it.
test.each(services)(
  'each field of the inputs and each argument of the mutations of %s has a test of its effect',
  (name) => {
    const tests = globSync('src/resolvers/*.test.ts', { cwd: join(SUBGRAPHS, name) })
      .map((file) => read(name, file))
      .join('\n');
    expect(
      withoutEffectTest(read(name, 'schema.graphql'), tests),
      `write \`eachHasAnEffect<TYPE>({ FIELD: another value }, …)\` of @airline/testing/effects in subgraphs/${name}/src/resolvers/mutation.int.test.ts; ` +
        'of what no response shows, name a test of its own in SEEN_ELSEWHERE here',
    ).toEqual([]);
  },
);

test('what has a test of its own is named with it', () => {
  for (const { file, title } of Object.values(SEEN_ELSEWHERE)) expect(read(file)).toContain(`'${title}'`);
});
