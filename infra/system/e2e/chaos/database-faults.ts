import type { Replicas } from '@airline/local/replicas';
import { type Service, services } from '@airline/schema/events';
import { type PostgresServer, pick, type SmallDisk, until } from '@airline/testing';
import Database from 'better-sqlite3';
import type { Fault, Random } from './fault.ts';

/** The tables without which no event is handled. */
const TABLES = ['inbox', 'outbox'] as const;

/** A database dies, or its disk is full. */
export function breakDatabase(system: Replicas): Fault {
  const { postgres, disk } = system;
  if (postgres) return restartPostgres(postgres);
  return disk ? fillDisk(disk) : lockSqlite(system, 'flight');
}

/** A database refuses what its service asks of it, while it is otherwise well. */
export function refuseDatabase(system: Replicas, random: Random): Fault {
  const { postgres } = system;
  const service = pick(services, random);
  const table = pick(TABLES, random);
  if (!postgres) {
    return random() < 0.5 ? lockSqlite(system, service) : loseSqliteTable(system, service, table);
  }
  const kinds = [refuseLogins, refuseConnections, renameDatabase, makeReadOnly, losePostgresTable];
  return pick(kinds, random)({ system, postgres, service, table });
}

interface OnPostgres {
  readonly system: Replicas;
  readonly postgres: PostgresServer;
  readonly service: Service;
  readonly table: string;
}

function restartPostgres(postgres: PostgresServer): Fault {
  return {
    name: 'Postgres restarts',
    targets: ['database'],
    begin: () => postgres.kill(),
    heal: () => postgres.start(),
  };
}

/** Runs statements one after the other, each until it succeeds: what they wait for may be a process that is stopped. */
async function runAll({ query }: PostgresServer, url: string, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    await until(statement, async () => {
      await query(url, statement);
      return true;
    });
  }
}

/** A fault of statements that a superuser runs elsewhere than in the database, and of those that heal it. */
function byStatements(
  { system, postgres, service }: OnPostgres,
  name: string,
  begin: readonly string[],
  heal: readonly string[],
): Fault {
  const url = Object.assign(new URL(system.databaseUrl(service)), {
    username: 'admin',
    pathname: 'postgres',
  });
  const other =
    'do $$ begin create role admin superuser login; exception when duplicate_object then null; end $$';
  return {
    name,
    targets: ['database'],
    begin: async () => {
      await runAll(postgres, Object.assign(new URL(url), { username: 'airline' }).href, [other]);
      await runAll(postgres, url.href, begin);
    },
    heal: () => runAll(postgres, url.href, heal),
  };
}

const end = (where: string) => `select pg_terminate_backend(pid) from pg_stat_activity where ${where}`;

function refuseLogins(on: OnPostgres): Fault {
  const refused = ['alter role airline nologin', end(`usename = 'airline'`)];
  return byStatements(on, 'Postgres refuses logins', refused, ['alter role airline login']);
}

const closed = (service: Service) => [
  `alter database ${service} with allow_connections false`,
  end(`datname = '${service}'`),
];

function refuseConnections(on: OnPostgres): Fault {
  const { service } = on;
  return byStatements(on, `the database of ${service} accepts no connections`, closed(service), [
    `alter database ${service} with allow_connections true`,
  ]);
}

function renameDatabase(on: OnPostgres): Fault {
  const { service } = on;
  return byStatements(
    on,
    `the database of ${service} has another name`,
    [...closed(service), `alter database ${service} rename to ${service}_away`],
    [
      `alter database ${service}_away rename to ${service}`,
      `alter database ${service} with allow_connections true`,
    ],
  );
}

function makeReadOnly(on: OnPostgres): Fault {
  const { service } = on;
  return byStatements(
    on,
    `the database of ${service} is read-only`,
    [`alter database ${service} set default_transaction_read_only = on`, end(`datname = '${service}'`)],
    [`alter database ${service} reset default_transaction_read_only`],
  );
}

function losePostgresTable({ system, postgres, service, table }: OnPostgres): Fault {
  const run = (statement: string) => runAll(postgres, system.databaseUrl(service), [statement]);
  return loseTable(service, table, (from, to) => run(`alter table ${service}.${from} rename to ${to}`));
}

function loseTable(
  service: Service,
  table: string,
  rename: (from: string, to: string) => Promise<void>,
): Fault {
  return {
    name: `the ${table} of ${service} is missing`,
    targets: ['database'],
    begin: () => rename(table, `${table}_away`),
    heal: () => rename(`${table}_away`, table),
  };
}

function fillDisk(disk: SmallDisk): Fault {
  return { name: 'the disk is full', targets: ['database'], begin: disk.fill, heal: disk.free };
}

/** Runs one statement once no other process writes, and returns what ends it. */
async function inFile(system: Replicas, service: Service, statement: string): Promise<() => void> {
  const database = new Database(new URL(system.databaseUrl(service)).pathname, { timeout: 0 });
  await until(statement, () => database.exec(statement));
  return () => void database.close();
}

/** Somebody else's transaction, as of a copy that is made, for longer or shorter than a service waits for it. */
function lockSqlite(system: Replicas, service: Service): Fault {
  let release = () => {};
  return {
    name: `the database of ${service} is locked`,
    targets: ['database'],
    begin: async () => {
      release = await inFile(system, service, 'begin immediate');
    },
    heal: () => release(),
  };
}

function loseSqliteTable(system: Replicas, service: Service, table: string): Fault {
  return loseTable(service, table, async (from, to) =>
    (await inFile(system, service, `alter table ${from} rename to ${to}`))(),
  );
}
