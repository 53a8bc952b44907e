import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unreadFields } from './build/unread-fields.ts';
import { allOperations } from './operate/src/data/operations.ts';

const WEB = import.meta.dirname;
const read = (file: string) => readFileSync(join(WEB, file), 'utf8');
/** Texts have the names of what they name; operations select, and read nothing. */
const OTHERS = /\/generated\/|\/texts\/|\.(test|fixture)\.|\/operations\.ts$/;
const sourcesOf = (page: string) =>
  globSync(`${page}/src/**/*.{ts,tsx}`, { cwd: WEB }).filter((file) => !OTHERS.test(file));

/** The sources of the page for operators, with those of the dashboard page that it imports. */
function operateSources(): string[] {
  const own = sourcesOf('operate').map(read);
  const imported = own.flatMap((text) => [...text.matchAll(/from '#desk\/(.*\.tsx?)'/g)]);
  const shared = new Set(
    imported.map(([, file]) => `dashboard/src/${file}`).filter((file) => !OTHERS.test(file)),
  );
  return [...own, ...[...shared].map(read)];
}

test('a field that is selected and never read is named; one that is read, under its alias, is not', () => {
  const operations = ['query Q { flights { id code: flightCode gate airline { name } } }', '{ __typename }'];
  const sources = ['export const shown = ({ id, code }: Flight) => id + code;', 'flight.airline.name'];
  expect(unreadFields(operations, sources)).toEqual(['gate']);
  expect(
    unreadFields(operations, [
      ...sources,
      "texts = { gate: 'Gate' }; type Flight = { readonly gate: string };",
    ]),
  ).toEqual(['gate']);
});

test.each([
  ['dashboard', [read('dashboard/src/data/documents.graphql')], sourcesOf('dashboard').map(read)],
  ['operate', allOperations(['flight']), operateSources()],
])('the %s page reads each field that its operations select', (_page, operations, sources) => {
  expect(sources).not.toEqual([]);
  expect(
    unreadFields(operations, sources),
    'show it, or take it out of the operation; then `npm run generate`',
  ).toEqual([]);
});
