import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '@airline/database';
import { loadSubgraph } from '@airline/local/subgraphs';
import { services } from '@airline/schema/events';
import {
  anyPorts,
  freePort,
  type PostgresServer,
  requires,
  startChild,
  startPostgresServer,
  tempFolder,
} from '@airline/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

// What a person reads whose process does not start: the cause, and what to do, in a sentence.

type Env = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '../../..');
const sourceOf = (name: string) =>
  name === 'router' ? 'router/src/main.ts' : `subgraphs/${name}/src/main.ts`;
const system = 'infra/system/local/start.ts';

async function folder(): Promise<string> {
  const made = await tempFolder();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made.path;
}

/** Starts a source as a process; `through` is a program that starts another. */
function start(source: string, env: Env, through: readonly string[] = []) {
  const [program = '', ...args] = [...through, process.execPath, join(root, source)];
  const child = startChild(program, args, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DASHBOARD_PAGE: 'false',
      PLAYGROUND: 'false',
      ...env,
    },
  });
  onTestFinished(() => child[Symbol.asyncDispose]());
  return child;
}

async function refused(source: string, env: Env, through: readonly string[] = []): Promise<string> {
  const { exit, stderr } = await start(source, env, through).ended;
  expect(exit).toBe(1);
  expect(stderr).not.toMatch(/^\s+at |node:internal/m);
  return stderr;
}

const flight = sourceOf('flight');
const serves = async (source: string, env: Env) => {
  await start(source, env).printed(/"msg":"serving"/);
};

/** Root writes where it likes, unless it gives that up. */
const withoutRoot =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override'] : [];

describe('a service on SQLite', () => {
  test('says that its folder is a file', async () => {
    const path = await folder();
    writeFileSync(join(path, 'file'), '');
    const expected =
      /^Cannot open the database file:\S+file\S*: .*A file has the name of its folder: .*DATA_DIR/;
    expect(await refused(flight, { DATA_DIR: join(path, 'file') })).toMatch(expected);
    expect(await refused(system, { DATA_DIR: join(path, 'file') })).toMatch(expected);
  });

  test('says that it may not write in its folder, or make it', async () => {
    const path = await folder();
    mkdirSync(join(path, 'locked'), { mode: 0o500 });
    const expected = /^Cannot open the database file:\S+: .*in which this account may write: .*DATA_DIR/;
    const locked = { DATA_DIR: join(path, 'locked'), FLIGHT_PORT: '0' };
    expect(await refused(flight, locked, withoutRoot)).toMatch(expected);
    const below = { ...locked, DATA_DIR: join(path, 'locked/below') };
    expect(await refused(flight, below, withoutRoot)).toMatch(expected);
    await serves(flight, { ...locked, DATA_DIR: join(path, 'open') });
  });

  test.each([
    [
      'is no database',
      (file: string) => writeFileSync(file, 'word '.repeat(2000)),
      /file is not a database. Restore it/,
    ],
    [
      'is damaged',
      async (file: string) => {
        openSqlite({ file, migrations: (await loadSubgraph('flight')).migrations }).client.close();
        const opened = openSync(file, 'r+');
        // The first page's tree, behind the header of the file.
        writeSync(opened, Buffer.alloc(200, 255), 0, 200, 100);
        closeSync(opened);
      },
      /malformed.*Restore it/,
    ],
    [
      'is of another service',
      async (file: string) =>
        openSqlite({ file, migrations: (await loadSubgraph('payment')).migrations }).client.close(),
      /of another service or program.*its tables are .*payment/,
    ],
    [
      'is of another program',
      (file: string) => new DatabaseSync(file).exec('create table bookmark (id)'),
      /of another service or program.*its tables are bookmark/,
    ],
  ])('says that its file %s', async (_, make, expected) => {
    const file = join(await folder(), 'flight.sqlite');
    await make(file);
    expect(await refused(flight, { FLIGHT_DB_URL: `file:${file}`, FLIGHT_PORT: '0' })).toMatch(expected);
  });
});

describe('a service on PostgreSQL', requires('postgres').options, () => {
  let server: PostgresServer;
  let url: string;
  const at = (databaseUrl: string) => refused(flight, { FLIGHT_DB_URL: databaseUrl, FLIGHT_PORT: '0' });

  beforeAll(async () => {
    server = await startPostgresServer();
    url = await server.createDatabase('flight');
    await server.query(url, "create role somebody login password 'right'");
    const [{ hba_file: file } = {}] = await server.query(url, 'show hba_file');
    const rules = 'host all somebody all scram-sha-256\nhost all all all trust';
    // The server is of this machine, and writes its own file.
    await server.query(url, `copy (select unnest(string_to_array('${rules}', chr(10)))) to '${file}'`);
    await server.query(url, 'select pg_reload_conf()');
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const as = (account: string, parameters = '') => `${url.replace('airline@', `${account}@`)}${parameters}`;

  test('says that its role may not make tables, and starts once it may', async () => {
    expect(await at(as('somebody:right'))).toMatch(/permission denied for database flight. Grant the role/);
    await server.query(url, 'grant create on database flight to somebody');
    await serves(flight, { FLIGHT_DB_URL: as('somebody:right'), FLIGHT_PORT: '0' });
  });

  test.each([
    [
      'the password is wrong',
      () => as('somebody:wrong'),
      /password authentication failed .*Correct the user and password in FLIGHT_DB_URL/,
    ],
    [
      'the password is missing',
      () => as('somebody'),
      /password must be a string. Correct the user and password/,
    ],
    [
      'there is no such role',
      () => as('nobody'),
      /role "nobody" does not exist. Correct the user and password/,
    ],
    ['there is no such database', () => `${url}s`, /database "flights" does not exist. Create it/],
    [
      'it has no TLS',
      () => as('airline', '?sslmode=verify-full'),
      /does not support SSL connections. Correct the server's certificate, or sslmode/,
    ],
    [
      'a file of TLS is missing',
      () => as('airline', '?sslrootcert=/no/ca.pem'),
      /ENOENT.*\/no\/ca.pem.*FLIGHT_DB_URL/,
    ],
  ])('says that %s', async (_, databaseUrl, expected) => {
    const reason = await at(databaseUrl());
    expect(reason).toMatch(/^Cannot open the database postgres:\/\/127/);
    expect(reason).toMatch(expected);
    expect(reason).not.toMatch(/somebody:|wrong/);
  });
});

describe('a port in use is named with its variable by', () => {
  async function occupied(): Promise<number> {
    const server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return port;
  }

  test.each([...services, 'router'])('%s', async (name) => {
    const port = await occupied();
    const variable = `${name.toUpperCase()}_PORT`;
    const env = { DATA_DIR: await folder() };
    expect(await refused(sourceOf(name), { ...env, [variable]: String(port) })).toMatch(
      `port ${port} on 127.0.0.1 is in use. Set ${variable} to a free port`,
    );
    await serves(sourceOf(name), { ...env, [variable]: '0' });
  });

  test('npm start', async () => {
    const port = await occupied();
    const env = { DATA_DIR: await folder(), ...anyPorts, PAYMENT_PORT: String(port) };
    expect(await refused(system, env)).toMatch(`port ${port} on 127.0.0.1 is in use. Set PAYMENT_PORT`);
  });
});

test.each(['redis:/127.0.0.1', '127.0.0.1:6379', 'http://127.0.0.1'])(
  'REDIS_URL=%s is refused',
  async (url) => {
    const reason = await refused(flight, { REDIS_URL: url, DATA_DIR: await folder() });
    expect(reason).toMatch(/REDIS_URL is invalid; expected redis:\/\/host:port/);
  },
);
