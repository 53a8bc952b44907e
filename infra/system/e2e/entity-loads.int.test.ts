import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { expect, test } from 'vitest';

const SUBGRAPHS = join(import.meta.dirname, '../../../subgraphs');

type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The entities, and the fields of entities with a resolver, that no selection of an `entitiesContract` names. */
function withoutContract(resolvers: Resolvers, tests: string): string[] {
  return Object.entries(resolvers).flatMap(([type, { __resolveReference, ...fields }]) => {
    if (!__resolveReference) return [];
    if (!new RegExp(`\\[\\s*'${type}',`).test(tests)) return [type];
    return Object.keys(fields)
      .filter((field) => !new RegExp(`\\b${field}\\b`).test(tests))
      .map((field) => `${type}.${field}`);
  });
}

test('what is not held to a number of statements is named: entities, and fields of theirs', () => {
  const load = () => null;
  const resolvers = {
    Query: { gate: load },
    Gate: { __resolveReference: load, flights: load, crew: load },
    Customer: { __resolveReference: load, gates: load },
  };
  const tests = "entitiesContract({ selections: [['Gate', 'flights { id }', 1]] })";
  expect(withoutContract(resolvers, tests)).toEqual(['Gate.crew', 'Customer']);
});

// The router asks for many entities at once; one that takes a statement each is slow, and no result shows it.
test.each(services)('the entities of %s are held to a number of statements', async (name) => {
  const folder = join(SUBGRAPHS, name, 'src/resolvers');
  const { resolvers } = await import(join(folder, 'index.ts'));
  const tests = globSync('*.test.ts', { cwd: folder })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((text) => text.includes('entitiesContract('));
  expect(
    withoutContract(resolvers, tests.join('\n')),
    `name them in the selections of \`entitiesContract\` of @airline/testing/entities in subgraphs/${name}/src/resolvers/entity.int.test.ts`,
  ).toEqual([]);
});
