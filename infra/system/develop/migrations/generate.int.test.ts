import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMigrations } from './generate.ts';
import { COLUMNS, refusal, seatStore } from './seat-store.fixture.ts';

test('the tables of messages are added to those that a store describes', async () => {
  const { sqlOf, describedAs } = await seatStore();
  for (const sql of sqlOf('0000_tables')) {
    const made = [...sql.matchAll(/CREATE TABLE [`"](\w+)/g)].map(([, table]) => table);
    expect(made.toSorted()).toEqual(['dead_letter', 'inbox', 'log_position', 'outbox', 'seat']);
  }
  await checkMigrations([describedAs(COLUMNS)]);
});

test('a migration is named by its author, in kebab case', async () => {
  const { generate, tags } = await seatStore('');
  for (const name of [undefined, 'add seats', 'addSeats', 'Add', '0', '-']) {
    expect(await refusal(generate(name, COLUMNS))).toContain('npm run migrations -- <name>');
    expect(tags()).toEqual([]);
  }
  const written = await generate('add-seats', COLUMNS);
  expect(written.map((file) => file.split('/').slice(-2).join('/'))).toEqual([
    'sqlite/0000_add-seats.sql',
    'postgres/0000_add-seats.sql',
  ]);
  expect(await generate(undefined, COLUMNS)).toEqual([]);
});

test('a column that is added has a default or is optional', async () => {
  const { generate, sqlOf, tags } = await seatStore();
  const without = `${COLUMNS}, class: text()`;
  expect(await refusal(generate('add-class', without))).toMatch(
    /seats \(sqlite\): seat\.class is NOT NULL without a default.*text\({ default: "…" }\).*\n.*\(postgres\): seat\.class/,
  );
  expect(tags()).toEqual(['0000_tables.sql']);

  await generate(
    'add-class',
    `${COLUMNS}, class: text({ default: 'ECONOMY' }), legs: int({ default: 0 }), more: optionalText()`,
  );
  const [sqlite = '', postgres = ''] = sqlOf('0001_add-class');
  expect(sqlite).toContain("ALTER TABLE `seat` ADD `class` text DEFAULT 'ECONOMY' NOT NULL;");
  expect(sqlite).toContain('ALTER TABLE `seat` ADD `legs` integer DEFAULT 0 NOT NULL;');
  expect(postgres).toContain(`ADD COLUMN "class" text COLLATE "C" DEFAULT 'ECONOMY' NOT NULL;`);
  expect(postgres).toContain('ADD COLUMN "legs" bigint DEFAULT 0 NOT NULL;');
});

test.each([
  ['a column', 'id: key(), row: int()', 'drops the column seat.note with its values'],
  [
    'the type of a column',
    'id: key(), row: text(), note: optionalText()',
    'rewrites the values of seat.row from',
  ],
])('%s is dropped or changed only when that is declared', async (_, columns, loss) => {
  const { generate, sqlOf, tags, describedAs, migrations } = await seatStore();
  const said = await refusal(generate('change', columns));
  expect(said).toContain('--destructive');
  expect(said).toContain(`seats (sqlite): ${loss}`);
  expect(said).toContain(`seats (postgres): ${loss}`);
  expect(tags()).toEqual(['0000_tables.sql']);

  await generate('change', columns, true);
  for (const sql of sqlOf('0001_change')) expect(sql).toMatch(`-- destructive: ${loss}`);
  const store = describedAs(columns);
  await checkMigrations([store]);
  const file = join(migrations, 'postgres/0001_change.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^-- destructive.*\n/, ''));
  expect(await refusal(checkMigrations([store]))).toContain(`seats (postgres): ${loss}`);
});

test('a default is changed only when that is declared', async () => {
  const { generate } = await seatStore(`${COLUMNS}, class: text({ default: 'ECONOMY' })`);
  const other = `${COLUMNS}, class: text({ default: 'FIRST' })`;
  expect(await refusal(generate('other-default', other))).toContain(
    `changes the default of seat.class from 'ECONOMY' to 'FIRST'`,
  );
  await generate('other-default', other, true);
});

test('a default is dropped only when that is declared, since releases from before the column rely on it', async () => {
  const { generate, sqlOf, describedAs } = await seatStore(`${COLUMNS}, class: text({ default: 'ECONOMY' })`);
  const bare = `${COLUMNS}, class: text()`;
  const loss = 'drops the default of seat.class';
  expect(await refusal(generate('drop-default', bare))).toMatch(
    new RegExp(`--destructive[^]*\\(sqlite\\): ${loss}[^]*\\(postgres\\): ${loss}`),
  );
  await generate('drop-default', bare, true);
  for (const sql of sqlOf('0001_drop-default')) expect(sql).toMatch(`-- destructive: ${loss}`);
  await checkMigrations([describedAs(bare)]);
});

test('a default that goes with NOT NULL needs no declaration', async () => {
  const { generate, sqlOf } = await seatStore(`${COLUMNS}, class: text({ default: 'ECONOMY' })`);
  await generate('change', `${COLUMNS}, class: optionalText()`);
  for (const sql of sqlOf('0001_change')) expect(sql).not.toContain('destructive');
});

test('a table is dropped only when that is declared, and a possible rename is refused', async () => {
  const more = `export const hold = table('seat_hold', { id: key() });`;
  const { generate, sqlOf } = await seatStore('');
  await generate('tables', COLUMNS, false, more);
  const loss = 'drops the table seat_hold with its rows';
  expect(await refusal(generate('drop-holds', COLUMNS))).toContain(`seats (postgres): ${loss}`);
  expect(await refusal(generate('drop-holds', COLUMNS, true, more.replace('seat_hold', 'hold')))).toContain(
    'which might be renames',
  );
  await generate('drop-holds', COLUMNS, true);
  for (const sql of sqlOf('0001_drop-holds')) expect(sql).toMatch(`-- destructive: ${loss}`);
});

test('a table is found by any name, and among `tables`', async () => {
  const { generate, sqlOf } = await seatStore('');
  const more = `export const inbox = table('hold', { id: key() });
    export const tables = { seat, inbox, tier: table('tier', { id: key() }) };`;
  await generate('tables', COLUMNS, false, more);
  for (const sql of sqlOf('0000_tables')) {
    const made = [...sql.matchAll(/CREATE TABLE [`"](\w+)/g)].map(([, table]) => table);
    expect(made).toEqual(['dead_letter', 'hold', 'inbox', 'log_position', 'outbox', 'seat', 'tier']);
  }
});

test.each(['seat', 'outbox', 'dead_letter'])('two tables of the name %s are refused', async (name) => {
  const { generate, tags } = await seatStore('');
  const more = `export const again = table('${name}', { id: key() });`;
  expect(await refusal(generate('tables', COLUMNS, false, more))).toContain(
    `Two tables have the name ${name}`,
  );
  expect(tags()).toEqual([]);
});

test('a migration is later than the one before it, or it would not be applied', async () => {
  const { generate, describedAs, migrations } = await seatStore();
  const columns = `${COLUMNS}, more: optionalText()`;
  // The clock of the test stands still.
  await generate('add-more', columns);
  const store = describedAs(columns);
  await checkMigrations([store]);
  const file = join(migrations, 'sqlite/meta/_journal.json');
  const journal: { entries: { when: number }[] } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    JSON.stringify({ ...journal, entries: journal.entries.map((entry) => ({ ...entry, when: 1 })) }),
  );
  expect(await refusal(checkMigrations([store]))).toContain('0001_add-more would not be applied');
});

test('an index may be over an expression that has a comma', async () => {
  const { describedAs, generate, sqlOf } = await seatStore();
  const drizzle = JSON.stringify(createRequire(import.meta.url).resolve('drizzle-orm'));
  const more = `import { sql } from ${drizzle};
    const noted = { name: 'noted', of: 'note', sql: (note) => sql\`coalesce(\${note}, '')\` };
    export const hold = table('seat_hold', { id: key(), note: optionalText() }, [{ on: [noted, 'id'] }]);`;
  await generate('add-holds', COLUMNS, false, more);
  for (const sql of sqlOf('0001_add-holds'))
    expect(sql).toMatch(/ON [`"]seat_hold[`"] .*\(coalesce\("note", ''\),[`"]id[`"]\)/);
  await checkMigrations([describedAs(COLUMNS, more)]);
});
