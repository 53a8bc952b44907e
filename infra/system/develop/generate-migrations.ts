import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isTable } from '@airline/database';
import { services } from '@airline/schema/events';

// Writes what each service's tables need beyond its checked-in migrations, for either database; with --check it only
// tells.

const root = join(import.meta.dirname, '../../..');
const check = process.argv.includes('--check');
const stores = [
  ...services.map((service) => join('subgraphs', service, 'src/store')),
  join('infra/platform/testing/src/sample'),
];
const stale: string[] = [];

const temporary = mkdtempSync(join(tmpdir(), 'airline-migrations-'));
try {
  for (const [number, store] of stores.entries()) {
    const tables = join(root, store, 'tables.ts');
    const twins = join(temporary, `${number}.ts`);
    writeFileSync(twins, await postgresSchema(tables));
    for (const [dialect, schema] of [
      ['sqlite', tables],
      ['postgresql', twins],
    ] as const) {
      const kept = join(root, store, 'migrations', dialect === 'sqlite' ? 'sqlite' : 'postgres');
      const out = check ? join(temporary, `${number}-${dialect}`) : kept;
      if (check && existsSync(kept)) cpSync(kept, out, { recursive: true });
      const before = sqlFiles(out).length;
      generate(dialect, schema, out, before === 0);
      if (sqlFiles(out).length !== before) stale.push(`${store} (${dialect})`);
      if (!check && dialect === 'sqlite') for (const file of sqlFiles(kept)) keepByKey(join(kept, file));
    }
  }
} finally {
  rmSync(temporary, { recursive: true });
}

if (check && stale.length > 0) {
  process.stderr.write(
    `The migrations of ${stale.join(', ')} are behind their tables: run "npm run migrations".\n`,
  );
  process.exitCode = 1;
}

function generate(dialect: string, schema: string, out: string, isFirst: boolean): void {
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/drizzle-kit/bin.cjs'),
      'generate',
      `--dialect=${dialect}`,
      `--schema=${relative(root, schema)}`,
      `--out=${relative(root, out)}`,
      ...(isFirst ? ['--name=tables'] : []),
    ],
    { cwd: root, stdio: ['ignore', check ? 'ignore' : 'inherit', 'inherit'] },
  );
}

/** A module of the tables that PostgreSQL has for those of a module: drizzle-kit reads what a module exports. */
async function postgresSchema(tables: string): Promise<string> {
  const exported: Record<string, unknown> = await import(pathToFileURL(tables).href);
  const names = Object.keys(exported).filter((name) => isTable(exported[name]));
  return [
    `import * as tables from ${JSON.stringify(tables)};`,
    `import { postgresOf } from ${JSON.stringify(join(root, 'infra/platform/database/src/index.ts'))};`,
    ...names.map((name) => `export const ${name} = postgresOf(tables.${name});`),
  ].join('\n');
}

function sqlFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : [];
}

/**
 * Tables of SQLite whose key is text are kept by that key (`WITHOUT ROWID`): one tree to write less for each of them.
 * drizzle-kit cannot say so.
 */
function keepByKey(file: string): void {
  const sql = readFileSync(file, 'utf8');
  const kept = sql.replaceAll(/CREATE TABLE [^;]*?\n\);/g, (table) =>
    table.includes('AUTOINCREMENT') ? table : table.replace(/;$/, ' WITHOUT ROWID;'),
  );
  if (kept !== sql) writeFileSync(file, kept);
}
