import { join } from 'node:path';
import { Client } from 'pg';
import { withMessages } from '../message-tables.ts';
import {
  type AppliedMigration,
  checkedIn,
  FailedMigrationError,
  ForeignTablesError,
  hasBegun,
  JOURNAL,
  type Migration,
  missing,
  type PresentColumn,
  refuseMissing,
} from '../migrations.ts';
import { identifier, postgresOf, type Table } from '../table.ts';
import { classified } from './errors.ts';
import { EARLIER_NUMBERING_LOCK, migrationLock, NUMBERING, numberingLock } from './locks.ts';

export interface MigrateOptions {
  readonly url: string;
  readonly service: string;
  readonly migrations: string;
  readonly tables?: Readonly<Record<string, Table>> | undefined;
  readonly connectWithinMs: number;
}

/** Where in a database a service has its tables. */
export interface Place {
  /** The schema of the tables. */
  readonly tables: string;
  /** The schema of the journal of its migrations. */
  readonly journal: string;
  /** The second number of its numbering lock. */
  readonly lock: number;
}

/**
 * Applies the migrations that are missing, over a connection of its own: they may take longer than any statement of
 * the service. Of processes that start at once, one does it and the others wait for it.
 *
 * @returns where the service's tables are
 * @throws FailedMigrationError, ChangedMigrationError, ForeignTablesError or MissingColumnsError
 */
export async function migrate(options: MigrateOptions): Promise<Place> {
  const { url, service, tables: wanted, connectWithinMs } = options;
  const client = new Client({
    connectionString: url,
    application_name: `airline ${service}`,
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    // Held until the connection ends, so a process that dies here leaves no lock behind.
    await client.query('select pg_advisory_lock($1, $2)', migrationLock(service));
    const migrations = checkedIn(join(options.migrations, 'postgres'));
    const place = await placeOf(client, service, migrations);
    const [applied, columns] = [await journalIn(client, place.journal), await columnsIn(client, place)];
    const tables = [...new Set(columns.map(({ table }) => table))];
    const lacking = missing(migrations, { applied, tables });
    // A role without the rights to make tables may use those that are up to date.
    if (lacking.length > 0) await apply(client, place, lacking);
    const present = lacking.length > 0 ? await columnsIn(client, place) : columns;
    if (wanted) refuseMissing(withMessages(wanted).map(postgresOf), present);
    return place;
  } catch (error) {
    throw classified(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * A schema of the service's name; but where the release before had its tables, in the role's first schema and with a journal for all
 * services, they stay: its replicas may still run, and it may be needed again.
 */
async function placeOf(client: Client, service: string, migrations: readonly Migration[]): Promise<Place> {
  const own = { tables: service, journal: service, lock: numberingLock(service) };
  const earlier = { tables: await currentSchema(client), journal: 'drizzle', lock: EARLIER_NUMBERING_LOCK };
  if (!hasBegun(migrations, await journalIn(client, earlier.journal))) return own;
  if ((await journalIn(client, own.journal)).length === 0) return earlier;
  throw new ForeignTablesError(
    `it has the tables of ${service} twice, in the schemas "${earlier.tables}" and "${own.tables}"; rename the schema that is not to be used, and "${earlier.journal}" with "${earlier.tables}"`,
  );
}

/** The schema in which a session makes tables, unless it is told otherwise. */
async function currentSchema(client: Client): Promise<string> {
  const { rows } = await client.query<{ schema: string | null }>('select current_schema() as schema');
  return rows[0]?.schema ?? 'public';
}

/** The journal in a schema; none when there is none, or when it is kept from this role, as another service's may be. */
async function journalIn(client: Client, schema: string): Promise<readonly AppliedMigration[]> {
  const { rowCount } = await client.query(
    `select from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname = $1 and relname = '${JOURNAL}'
      and has_schema_privilege(relnamespace, 'usage') and has_table_privilege(pg_class.oid, 'select')`,
    [schema],
  );
  if (rowCount === 0) return [];
  const applied = await client.query<AppliedMigration>(
    `select hash, created_at from ${identifier(schema)}.${JOURNAL}`,
  );
  return applied.rows;
}

/** From the catalog: `information_schema` leaves out what the role has no right to. */
async function columnsIn(client: Client, { tables }: Place): Promise<PresentColumn[]> {
  const { rows } = await client.query<PresentColumn>(
    `select relname as "table", attname as "column" from pg_attribute join pg_class on pg_class.oid = attrelid
      join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = $1 and relkind in ('r', 'p') and relname <> '${JOURNAL}' and attnum > 0 and not attisdropped
      order by relname`,
    [tables],
  );
  return rows;
}

/** Applies all of them, or none. */
async function apply(client: Client, place: Place, migrations: readonly Migration[]): Promise<void> {
  const journal = `${identifier(place.journal)}.${JOURNAL}`;
  await client.query('begin');
  const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [place.journal]);
  // With `if not exists`, a schema that was made for a role without the right to make any would be refused.
  if (rowCount === 0) await client.query(`create schema ${identifier(place.journal)}`);
  await client.query(
    `create table if not exists ${journal} (id serial primary key, hash text not null, created_at bigint)`,
  );
  await client.query(settingsOf(place));
  for (const migration of migrations) {
    try {
      for (const statement of migration.statements) await client.query(statement);
    } catch (error) {
      throw new FailedMigrationError(migration, classified(error));
    }
    await client.query(`insert into ${journal} (hash, created_at) values ($1, $2)`, [
      migration.hash,
      migration.at,
    ]);
  }
  await client.query('commit');
}

/** What a session of a service sets: it finds that service's tables by their names alone, and no others. */
export const settingsOf = ({ tables, lock }: Place) =>
  `set search_path = ${identifier(tables)}; set ${NUMBERING} = ${lock}`;
