import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { services } from '@airline/schema/events';

// Writes what each service's tables need beyond its checked-in migrations; with --check it only tells.

const root = join(import.meta.dirname, '../..');
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const service of services) {
  const folder = join(root, 'subgraphs', service, 'src/store');
  const kept = join(folder, 'migrations/sqlite');
  const out = check ? mkdtempSync(join(tmpdir(), 'airline-migrations-')) : kept;
  if (check) cpSync(kept, out, { recursive: true });
  const before = count(out);
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/drizzle-kit/bin.cjs'),
      'generate',
      '--dialect=sqlite',
      `--schema=${relative(root, join(folder, 'tables.ts'))}`,
      `--out=${relative(root, out)}`,
      ...(before === 0 ? ['--name=tables'] : []),
    ],
    { cwd: root, stdio: ['ignore', check ? 'ignore' : 'inherit', 'inherit'] },
  );
  if (count(out) !== before) stale.push(service);
  if (!check) for (const file of sqlFiles(kept)) keepByKey(join(kept, file));
  if (check) rmSync(out, { recursive: true });
}

if (check && stale.length > 0) {
  process.stderr.write(
    `The migrations of ${stale.join(', ')} are behind their tables: run "npm run migrations".\n`,
  );
  process.exitCode = 1;
}

function count(folder: string): number {
  return sqlFiles(folder).length;
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
