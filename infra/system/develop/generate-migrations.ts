import { command } from '@airline/service/server';
import { MigrationError } from './migrations/chain.ts';
import { checkMigrations, generateMigrations } from './migrations/generate.ts';
import { checkReleased } from './migrations/released.ts';
import { ROOT, stores } from './migrations/stores.ts';

// `npm run migrations -- <name> [--destructive]` writes what each service's tables need beyond its checked-in
// migrations; with `--check` it writes nothing, and fails when there is something to write, when the migrations
// make other tables, or when one that the base has was changed.

try {
  const { values, positionals } = command({
    usage: `Usage: npm run migrations -- NAME [--destructive]
       npm run migrations -- --check
  Writes what each service's tables need beyond its migrations, for both databases; --check: fails where there is something to write.`,
    allowPositionals: true,
    options: { check: { type: 'boolean' }, destructive: { type: 'boolean' } },
  });
  if (values.check) {
    await checkMigrations(stores);
    const missing = await checkReleased(stores, ROOT);
    if (missing) process.stdout.write(`Changes of released migrations were not looked for: ${missing}.\n`);
  } else {
    const written = await generateMigrations({
      stores,
      name: positionals.length > 0 ? positionals.join(' ') : undefined,
      ...values,
      now: new Date(),
    });
    process.stdout.write(written.length > 0 ? `${written.join('\n')}\n` : 'All migrations are up to date.\n');
  }
} catch (error) {
  if (!(error instanceof MigrationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
