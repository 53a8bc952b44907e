import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as apply } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { type AppliedMigration, migrationError, refuseChanged } from '../failed-migration.ts';
import { classified } from './errors.ts';
import { locks } from './locks.ts';

export interface MigrateOptions {
  readonly url: string;
  readonly migrations: string;
  readonly applicationName: string;
  readonly connectWithinMs: number;
}

/**
 * Applies the migrations that are missing, over a connection of its own: they may take longer than any statement of
 * the service. Of processes that start at once, one does it and the others wait for it.
 * @throws FailedMigrationError or ChangedMigrationError
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { url, migrations, applicationName, connectWithinMs } = options;
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
  });
  client.on('error', () => {});
  const migrationsFolder = join(migrations, 'postgres');
  try {
    await client.connect();
    // Held until the connection ends, so a process that dies here leaves no lock behind.
    await client.query('select pg_advisory_lock($1, $2)', [...locks.migration]);
    refuseChanged(await appliedMigrations(client), migrationsFolder);
    await apply(drizzle(client), { migrationsFolder });
  } catch (error) {
    throw classified(migrationError(error, migrationsFolder));
  } finally {
    await client.end().catch(() => {});
  }
}

async function appliedMigrations(client: Client): Promise<readonly AppliedMigration[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as exists",
  );
  if (!rows[0]?.exists) return [];
  const applied = await client.query<AppliedMigration>(
    'select hash, created_at from drizzle.__drizzle_migrations',
  );
  return applied.rows;
}
