import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMigrations } from './generate.ts';
import { COLUMNS, refusal, seatStore } from './seat-store.fixture.ts';

const UNDECLARED = 'lacks the line "-- destructive: …"';
const ALONE = 'changes values of one database alone';

/** A store whose last migration adds a class, with further SQL by hand for one database or both. */
async function seatsWith() {
  const { generate, describedAs, migrations } = await seatStore();
  const columns = `${COLUMNS}, class: text({ default: 'x' })`;
  await generate('add-class', columns);
  const store = describedAs(columns);
  const files = (['sqlite', 'postgres'] as const).map((dialect) => {
    const file = join(migrations, dialect, '0001_add-class.sql');
    return { dialect, file, sql: readFileSync(file, 'utf8') };
  });
  return (by: { readonly sqlite?: string; readonly postgres?: string }) => {
    for (const { dialect, file, sql } of files)
      writeFileSync(file, `${sql}--> statement-breakpoint\n${by[dialect] ?? '-- Nothing.'}`);
    return checkMigrations([store]);
  };
}

test.each([
  ['UPDATE "seat" SET "row" = 0;', 'rewrites the values of seat.row'],
  [
    `update only seat as s set class = 'y', "row" = "row" + 1 where row > 500;`,
    'rewrites the values of seat.row',
  ],
  [
    `UPDATE seat SET class = (SELECT note FROM seat, seat AS s), note = CASE WHEN row = 1 THEN CASE class WHEN 'x' THEN 'a, row = 2' END END WHERE row = 1;`,
    'rewrites the values of seat.note',
  ],
  ['UPDATE seat SET (row, note) = (1, note);', 'overwrites or deletes rows of seat'],
  [`-- A row's seat.\nDELETE FROM "seat" WHERE "row" > 9;`, 'overwrites or deletes rows of seat'],
  [
    `INSERT INTO seat (id, row) VALUES ('a', 1) ON CONFLICT (id) DO UPDATE SET row = 2;`,
    'overwrites or deletes rows of seat',
  ],
  ['WITH old AS (DELETE FROM public.seat RETURNING id) SELECT 1;', 'overwrites or deletes rows of seat'],
])('%s is to be declared, in either database', async (sql, loss) => {
  const check = await seatsWith();
  for (const dialect of ['sqlite', 'postgres'] as const) {
    const said = await refusal(check({ [dialect]: sql }));
    expect(said).toContain(UNDECLARED);
    expect(said).toContain(`seats (${dialect}): ${loss} …`);
  }
});

test('what is declared is to be the same in both databases', async () => {
  const check = await seatsWith();
  const update = `-- destructive: rewrites the values of seat.row to none\nUPDATE "seat" SET "row" = 0 WHERE "row" > 500;`;
  await check({ sqlite: update, postgres: update });
  const note = `-- destructive: rewrites the values of seat.note\nUPDATE seat SET note = 'none';`;
  for (const [sqlite, postgres] of [
    [update, undefined],
    [undefined, update],
    [`${update}\n${note}`, update],
  ]) {
    const said = await refusal(check({ ...(sqlite && { sqlite }), ...(postgres && { postgres }) }));
    expect(said).toContain(ALONE);
    expect(said).toContain(`0001_add-class changes seat.${postgres && sqlite ? 'note' : 'row'}`);
  }
});

test('a declaration is of its column alone', async () => {
  const check = await seatsWith();
  for (const other of ['seat.rows', 'other_seat.row', 'seat.note', 'seat'])
    expect(
      await refusal(
        check({ sqlite: `-- destructive: rewrites the values of ${other} x\nUPDATE seat SET row = 0;` }),
      ),
      other,
    ).toContain('rewrites the values of seat.row …');
});

test('a value of a column that the same migration adds overwrites none, and is given in both databases', async () => {
  const check = await seatsWith();
  const update = `UPDATE "seat" SET "class" = 'BUSINESS; UPDATE seat SET row = 0' WHERE "row" > 500;`;
  await check({ sqlite: update, postgres: update });
  expect(await refusal(check({ postgres: update }))).toContain(
    'seats (postgres): 0001_add-class changes seat.class',
  );
});

test('what is generated for rows without a value needs no declaration', async () => {
  const { generate, describedAs } = await seatStore();
  const columns = COLUMNS.replace('note: optionalText()', "note: text({ default: '' })");
  await generate('require-note', columns, true);
  await expect(checkMigrations([describedAs(columns)])).resolves.toBeUndefined();
});
