import type { NewMigration } from './chain.ts';
import type { Draft } from './draft.ts';
import { declaresLossOf } from './hazards.ts';
import { backfilled } from './rewrite.ts';

// What a migration that was written by hand does to values that are there: no snapshot has it.

/** Comments, which may have quotes, and texts, which may have words of SQL. */
const NO_WORDS = /--.*$|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/gm;
const UPDATE =
  /\bupdate\s+(?:or\s+\w+\s+|only\s+)?(?:\w+\.)?(\w+)(?:\s+as\s+\w+|\s+(?!set\b)\w+)?\s+set\b([^;]*)/gi;
const ROWS =
  /\b(?:delete\s+from|replace\s+into|insert\s+into(?=[^;]*\bdo\s+update\b))\s+(?:only\s+)?(?:\w+\.)?(\w+)/gi;

/** What the statements set or delete, sorted: `seat.row`, or `seat` where whole rows are. */
function changedValues(migration: NewMigration): string[] {
  const sql = migration.sql
    .replace(backfilled(migration), '')
    .replaceAll(NO_WORDS, ' ')
    .replaceAll(/["`]/g, '');
  const columns = [...sql.matchAll(UPDATE)].flatMap(([, table = '', assignments = '']) =>
    assigned(assignments).map((column) => (column === undefined ? table : `${table}.${column}`)),
  );
  const rows = [...sql.matchAll(ROWS)].map(([, table = '']) => table);
  return [...new Set([...columns, ...rows])].toSorted();
}

/** The columns that are set; undefined for one that is not found. */
function assigned(assignments: string): (string | undefined)[] {
  const flat = without(
    /\bcase\b(?:(?!\bcase\b)[\s\S])*?\bend\b/gi,
    without(/\([^()]*\)/g, assignments).replace(/(\)|\b(where|from|returning)\b)[\s\S]*/i, ''),
  );
  return flat.split(',').map((each) => /^\s*(\w+)\s*=/.exec(each)?.[1]);
}

/** A text without what matches, the innermost first. */
function without(nested: RegExp, text: string): string {
  const less = text.replaceAll(nested, ' ');
  return less === text ? text : without(nested, less);
}

/** What a migration overwrites or deletes and does not declare. Tables and columns that it adds had no values. */
export const undeclaredOverwrites = (migration: NewMigration): string[] =>
  changedValues(migration)
    .filter((name) => {
      const [table, column] = name.split('.');
      const before = Object.values(migration.before.tables).find((each) => each.name === table);
      return before && (column === undefined || before.columns[column]);
    })
    .filter((name) => !declaresLossOf(migration.sql, name))
    .map((name) =>
      name.includes('.') ? `rewrites the values of ${name} …` : `overwrites or deletes rows of ${name} …`,
    );

/** What a migration changes that the one of the same name in another database does not. */
export const changedInOne = (migration: NewMigration, drafts: readonly Draft[]): string[] =>
  changedValues(migration)
    .filter((name) =>
      drafts.some(
        ({ chain }) =>
          !chain.some((each) => each.tag === migration.tag && changedValues(each).includes(name)),
      ),
    )
    .map((name) => `${migration.tag} changes ${name}`);
