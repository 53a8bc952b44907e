import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { expect, test } from 'vitest';

const SUBGRAPHS = join(import.meta.dirname, '../../../subgraphs');
const read = (...path: string[]) => readFileSync(join(SUBGRAPHS, ...path), 'utf8');

// A field that is checked and then dropped has no effect, and no type shows it. The cases of filters are typed at one place for all.
test.each(services)('the tests of %s have values of all fields of each input, by its type', (name) => {
  const inputs = [...read(name, 'schema.graphql').matchAll(/^input (\w+(?<!Filter))\b/gm)].map(
    ([, type = '']) => type,
  );
  const tests = globSync('src/resolvers/*.test.ts', { cwd: join(SUBGRAPHS, name) })
    .map((file) => read(name, file))
    .join('\n');
  const untested = inputs.filter((type) => !new RegExp(`satisfies[^;]*keyof ${type}\\b`).test(tests));
  expect(untested, '`{ … } satisfies Record<keyof TYPE, unknown>` in a test of the effect of each').toEqual(
    [],
  );
});
