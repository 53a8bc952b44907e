import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { tempFolder } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { MigrationError } from './chain.ts';
import { checkMigrations, generateMigrations } from './generate.ts';
import { ROOT, type StoreFolder } from './stores.ts';

const DATABASE = JSON.stringify(join(ROOT, 'infra/platform/database/src/index.ts'));
const COLUMNS = 'id: key(), row: int(), note: optionalText()';

/** A store whose tables a test describes anew before each run; the first migration makes those given. */
async function seatStore(columns = COLUMNS) {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const migrations = join(folder.path, 'migrations');
  let versions = 0;

  const describedAs = (columns: string, more = ''): StoreFolder => {
    versions += 1;
    // A module of its own each time, since modules are loaded once.
    const tables = join(folder.path, `tables-${versions}.ts`);
    const source = `import { int, key, optionalText, table, text } from ${DATABASE};
      export const seat = table('seat', { ${columns} }, [{ on: ['row'] }]);\n${more}`;
    writeFileSync(tables, source);
    return { name: 'seats', tables, migrations };
  };
  const generate = (name: string | undefined, columns: string, destructive = false, more = '') =>
    generateMigrations({ stores: [describedAs(columns, more)], name, destructive, now: new Date(0) });
  const sqlOf = (tag: string) =>
    ['sqlite', 'postgres'].map((dialect) => readFileSync(join(migrations, dialect, `${tag}.sql`), 'utf8'));
  const tags = () =>
    existsSync(migrations)
      ? readdirSync(join(migrations, 'sqlite')).filter((name) => name.endsWith('.sql'))
      : [];

  if (columns) await generate('tables', columns);
  return { migrations, describedAs, generate, sqlOf, tags };
}

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(MigrationError);
  return String(error);
};

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

test.each([
  ['is another', "text({ default: 'BUSINESS' })"],
  ['goes with NOT NULL', 'optionalText()'],
])('a default that %s needs no declaration', async (_, changed) => {
  const { generate, sqlOf } = await seatStore(`${COLUMNS}, class: text({ default: 'ECONOMY' })`);
  await generate('change', `${COLUMNS}, class: ${changed}`);
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
  expect(await refusal(generate('tables', COLUMNS, false, more))).toContain(`Two tables have the name ${name}`);
  expect(tags()).toEqual([]);
});

test('a check fails when the tables are ahead', async () => {
  const { describedAs, tags } = await seatStore();
  expect(await refusal(checkMigrations([describedAs(`${COLUMNS}, more: optionalText()`)]))).toContain(
    'seats (sqlite), seats (postgres) are behind their tables: run npm run migrations -- <name>',
  );
  expect(tags()).toEqual(['0000_tables.sql']);
});

test.each([
  ['lacks a column', 'ADD `more` text', 'ADD `less` text', '+ seat.less TEXT\n  - seat.more TEXT'],
  ['gives another default', "DEFAULT 'x'", "DEFAULT 'y'", "+ seat.class TEXT NOT NULL DEFAULT 'y'"],
  ['makes another index', '(`class`)', '(`note`)', '+ CREATE INDEX seat_class ON seat (note)\n  - CREATE INDEX seat_class ON seat (class)'],
  ['does not run', 'ALTER TABLE', 'ALTER', 'the migration 0001_add fails: near'],
])('a check fails when a migration that was edited %s', async (_, from, to, difference) => {
  const { describedAs, migrations } = await seatStore();
  const columns = `${COLUMNS}, more: optionalText(), class: text({ default: 'x' })`;
  const store = describedAs(columns);
  const index = `{ on: ['class'] }`;
  writeFileSync(store.tables, readFileSync(store.tables, 'utf8').replace(`[{ on: ['row'] }`, `[{ on: ['row'] }, ${index}`));
  await generateMigrations({ stores: [store], name: 'add', now: new Date(1) });
  await checkMigrations([store]);
  const file = join(migrations, 'sqlite/0001_add.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  expect(await refusal(checkMigrations([store]))).toContain(difference);
});

test.each([
  ['gives another default', "DEFAULT 'x'", "DEFAULT 'y'", `+ ALTER TABLE "seat" ADD COLUMN "class" text COLLATE "C" DEFAULT 'y' NOT NULL`],
  ['gives no default', " DEFAULT 'x' NOT NULL", '', '+ ALTER TABLE "seat" ADD COLUMN "class" text COLLATE "C"\n'],
  ['sorts by language', ' COLLATE "C"', '', '+ ALTER TABLE "seat" ADD COLUMN "class" text DEFAULT'],
  ['drops the default again', /$/, '\nALTER TABLE "seat" ALTER COLUMN "class" DROP DEFAULT;', '+ ALTER TABLE "seat" ALTER COLUMN "class" DROP DEFAULT'],
  ['adds nothing', /.+/, '-- Nothing.', '- ALTER TABLE "seat" ADD COLUMN "class" text COLLATE "C"'],
])('a check without a server fails when a migration of PostgreSQL that was edited %s', async (_, from, to, difference) => {
  const { generate, describedAs, migrations } = await seatStore();
  const columns = `${COLUMNS}, class: text({ default: 'x' })`;
  await generate('add-class', columns);
  const store = describedAs(columns);
  const file = join(migrations, 'postgres/0001_add-class.sql');
  const sql = readFileSync(file, 'utf8');
  const update = `-- Rows of before.\nUPDATE "seat" SET "class" = 'z;'\n  WHERE "row" > 9;`;
  writeFileSync(file, `${sql}--> statement-breakpoint\n${update}`);
  await checkMigrations([store]);
  writeFileSync(file, sql.replace(from, to));
  const said = await refusal(checkMigrations([store]));
  expect(said).toContain(`seats (postgres): 0001_add-class has other statements`);
  expect(said).toContain(difference);
  expect(said).toContain(`Correct ${file}`);
});

test('a check names the migration that was edited, which need not be the newest', async () => {
  const { generate, describedAs, migrations } = await seatStore();
  const more = `${COLUMNS}, more: optionalText()`;
  const columns = `${more}, class: optionalText()`;
  await generate('add-more', more);
  await generate('add-class', columns);
  const store = describedAs(columns);
  for (const [tag, from, to] of [
    ['0000_tables', '`row` integer NOT NULL', '`row` text NOT NULL'],
    ['0001_add-more', 'ADD `more`', 'ADD `less`'],
    ['0002_add-class', 'ADD `class` text', 'ADD `class` integer'],
  ] as const) {
    const file = join(migrations, `sqlite/${tag}.sql`);
    const sql = readFileSync(file, 'utf8');
    writeFileSync(file, sql.replace(from, to));
    expect(await refusal(checkMigrations([store]))).toContain(`Correct ${file}, for both databases`);
    writeFileSync(file, sql);
  }
  await checkMigrations([store]);
});

test('a check names a file that the journal lists and that is gone', async () => {
  const { describedAs, migrations } = await seatStore();
  const store = describedAs(COLUMNS);
  for (const file of ['sqlite/0000_tables.sql', 'postgres/meta/0000_snapshot.json']) {
    const text = readFileSync(join(migrations, file));
    rmSync(join(migrations, file));
    expect(await refusal(checkMigrations([store]))).toContain(`${file} is missing`);
    writeFileSync(join(migrations, file), text);
  }
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
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.map((entry) => ({ ...entry, when: 1 })) }));
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
