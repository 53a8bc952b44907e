import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMigrations, generateMigrations } from './generate.ts';
import { COLUMNS, refusal, seatStore } from './seat-store.fixture.ts';

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
  [
    'makes another index',
    '(`class`)',
    '(`note`)',
    '+ CREATE INDEX seat_class ON seat (note)\n  - CREATE INDEX seat_class ON seat (class)',
  ],
  ['does not run', 'ALTER TABLE', 'ALTER', 'the migration 0001_add fails: near'],
])('a check fails when a migration that was edited %s', async (_, from, to, difference) => {
  const { describedAs, migrations } = await seatStore();
  const columns = `${COLUMNS}, more: optionalText(), class: text({ default: 'x' })`;
  const store = describedAs(columns);
  const index = `{ on: ['class'] }`;
  writeFileSync(
    store.tables,
    readFileSync(store.tables, 'utf8').replace(`[{ on: ['row'] }`, `[{ on: ['row'] }, ${index}`),
  );
  await generateMigrations({ stores: [store], name: 'add', now: new Date(1) });
  await checkMigrations([store]);
  const file = join(migrations, 'sqlite/0001_add.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  expect(await refusal(checkMigrations([store]))).toContain(difference);
});

test.each([
  [
    'gives another default',
    "DEFAULT 'x'",
    "DEFAULT 'y'",
    `+ ALTER TABLE "seat" ADD COLUMN "class" text COLLATE "C" DEFAULT 'y' NOT NULL`,
  ],
  [
    'gives no default',
    " DEFAULT 'x' NOT NULL",
    '',
    '+ ALTER TABLE "seat" ADD COLUMN "class" text COLLATE "C"\n',
  ],
  ['sorts by language', ' COLLATE "C"', '', '+ ALTER TABLE "seat" ADD COLUMN "class" text DEFAULT'],
  [
    'drops the default again',
    /$/,
    '\nALTER TABLE "seat" ALTER COLUMN "class" DROP DEFAULT;',
    '+ ALTER TABLE "seat" ALTER COLUMN "class" DROP DEFAULT',
  ],
  ['adds nothing', /.+/, '-- Nothing.', '- ALTER TABLE "seat" ADD COLUMN "class" text COLLATE "C"'],
])(
  'a check without a server fails when a migration of PostgreSQL that was edited %s',
  async (_, from, to, difference) => {
    const { generate, describedAs, migrations } = await seatStore();
    const columns = `${COLUMNS}, class: text({ default: 'x' })`;
    await generate('add-class', columns);
    const store = describedAs(columns);
    const file = join(migrations, 'postgres/0001_add-class.sql');
    const sql = readFileSync(file, 'utf8');
    const update = `-- Rows of before.\nUPDATE "seat" SET "class" = 'z;'\n  WHERE "row" > 9;`;
    appendFileSync(join(migrations, 'sqlite/0001_add-class.sql'), `--> statement-breakpoint\n${update}`);
    writeFileSync(file, `${sql}--> statement-breakpoint\n${update}`);
    await checkMigrations([store]);
    writeFileSync(file, sql.replace(from, to));
    const said = await refusal(checkMigrations([store]));
    expect(said).toContain('seats (postgres): 0001_add-class has other statements');
    expect(said).toContain(difference);
    expect(said).toContain(`Correct ${file}`);
  },
);

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
