import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '@airline/testing';
import { expect, onTestFinished } from 'vitest';
import { MigrationError } from './chain.ts';
import { generateMigrations } from './generate.ts';
import { ROOT, type StoreFolder } from './stores.ts';

const DATABASE = JSON.stringify(join(ROOT, 'infra/platform/database/src/index.ts'));
export const COLUMNS = 'id: key(), row: int(), note: optionalText()';

/** A store whose tables a test describes anew before each run; the first migration makes those given. */
export async function seatStore(columns = COLUMNS) {
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

/** What the refusal of some work says. */
export const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(MigrationError);
  return String(error);
};
