import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { tempFolder } from '@airline/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** A table and a state whose row, column for column, may be the table's. */
const source = (row: string, columns: string, state = '{ readonly seat: Seat }') => `
import type { Store, Tables } from '${import.meta.dirname}/store.ts';
import { int, key, optionalText, text } from '${import.meta.dirname}/columns.ts';
import { table } from '${import.meta.dirname}/table.ts';
type Seat = ${row};
export type SeatState = ${state};
export type SeatStore = Store<SeatState>;
const seat = table('seat', ${columns});
export const tables = { seat } satisfies Tables<SeatState>;
`;

const COLUMNS = `{ id: key(), row: int(), class: text<'ECONOMY' | 'FIRST'>(), note: optionalText() }`;
const ROW = `{ readonly id: string; readonly row: number; readonly class: 'ECONOMY' | 'FIRST'; readonly note: string | null }`;

const ACCEPTED = { same: source(ROW, COLUMNS) };

const REFUSED = {
  'a column that the table lacks': source(ROW, COLUMNS.replace('row: int(), ', '')),
  'an optional column that the table lacks': source(ROW, COLUMNS.replace(', note: optionalText()', '')),
  'a column that the state lacks': source(ROW, COLUMNS.replace('}', ', more: int() }')),
  'an optional column that the state lacks': source(ROW, COLUMNS.replace('}', ', more: optionalText() }')),
  'a column that may be null where the state has a value': source(
    ROW,
    COLUMNS.replace('row: int()', 'row: optionalText()'),
  ),
  'a column that is never null where the state may be': source(
    ROW,
    COLUMNS.replace('optionalText()', 'text()'),
  ),
  'a column of another type': source(ROW, COLUMNS.replace('row: int()', 'row: text()')),
  'a column of fewer values': source(ROW, COLUMNS.replace("'ECONOMY' | 'FIRST'", "'FIRST'")),
  'a column of more values': source(ROW, COLUMNS.replace("<'ECONOMY' | 'FIRST'>", '')),
  'a table that the state lacks': source(ROW, COLUMNS).replace('{ seat }', '{ seat, more: seat }'),
  'a table that the tables lack': source(ROW, COLUMNS, '{ readonly seat: Seat; readonly hold: Seat }'),
  'a state of any rows': source(ROW, COLUMNS, 'Record<string, object>'),
};

let folder: Awaited<ReturnType<typeof tempFolder>>;
let output: string;

const fileOf = (name: string) => `${name.replaceAll(' ', '-')}.ts`;

beforeAll(async () => {
  folder = await tempFolder();
  const sources = Object.entries({ ...ACCEPTED, ...REFUSED });
  for (const [name, text] of sources) await writeFile(join(folder.path, fileOf(name)), text);
  const tsconfig = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { types: [], noUnusedLocals: false },
    include: ['*.ts'],
  };
  await writeFile(join(folder.path, 'tsconfig.json'), JSON.stringify(tsconfig));
  await writeFile(join(folder.path, 'package.json'), JSON.stringify({ type: 'module' }));
  // It ends with an exit code above 0, since there are faults.
  output = await new Promise((done) => {
    const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '--pretty', 'false'];
    execFile(process.execPath, tsc, { cwd: folder.path }, (_error, stdout) => done(stdout));
  });
});

afterAll(() => folder[Symbol.asyncDispose]());

const faultsOf = (name: string) =>
  output.split('\n').filter((line) => line.includes(`${fileOf(name)}(`) && line.includes('error TS'));

test('a table that has what the row of a state has is accepted', () => {
  expect(output).not.toMatch(/^error/m);
  expect(faultsOf('same')).toEqual([]);
});

test.each(Object.keys(REFUSED))('%s is a type error', (name) => {
  expect(faultsOf(name)).toEqual([expect.stringMatching(/error TS(1360|2322|2353|2741)/)]);
});
