import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { Pool } from 'pg';
import { createClient } from 'redis';
import { median } from './measure.ts';

const run = promisify(execFile);

/** An event of the size that this system publishes. */
const EVENT = 'x'.repeat(430);

/** What one part costs on this machine when nothing else is done: microseconds of elapsed time. */
export interface PartCosts {
  /** One effect: inbox row, read, write and outbox row, 100 to a commit that reaches the disk. */
  readonly effectUs: number;
  /** The same, alone in its commit, on a machine that was idle before. */
  readonly commitUs: number;
  /** One XADD of 100 in flight. */
  readonly publishUs: number;
  /** One entry of an XREADGROUP of 100, and its acknowledgement. */
  readonly deliverUs: number;
  /** From an XADD until a reader that was blocked has the entry, on a machine that was idle before. */
  readonly hopUs: number;
}

/** How long "idle" is: about as long as a step of a saga takes. */
const IDLE_MS = 2;
const IDLE_SAMPLES = 300;

export async function measureParts(folder: string, redisUrl: string): Promise<PartCosts> {
  const port = Number(new URL(redisUrl).port);
  const publish = ['XADD', 'bench:publish', '*', 'event', EVENT];
  return {
    effectUs: effectUs(join(folder, 'batched'), 30_000),
    commitUs: await commitUs(join(folder, 'single')),
    publishUs: await redisUs(port, 200_000, ['-P', '100', '-c', '1'], publish),
    deliverUs: await deliverUs(port),
    hopUs: await hopUs(redisUrl),
  };
}

/** The statements of one effect, on better-sqlite3 itself; returns what does so many of them in one commit. */
function openEffects(folder: string) {
  mkdirSync(folder, { recursive: true });
  const db = new Database(join(folder, 'limit.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 10000');
  db.exec(`
    create table inbox (consumer text, event_id text, primary key (consumer, event_id));
    create table outbox (seq integer primary key autoincrement, event text, created_at text);
    create table state (id text primary key, a text, b text, c integer, d text, e text);
  `);
  const inbox = db.prepare('insert or ignore into inbox values (?, ?)');
  const read = db.prepare('select * from state where id = ?');
  const write = db.prepare(`insert into state values (?, ?, ?, ?, ?, ?) on conflict (id) do update set
    a = excluded.a, b = excluded.b, c = excluded.c, d = excluded.d, e = excluded.e`);
  const outbox = db.prepare('insert into outbox (event, created_at) values (?, ?)');
  let done = 0;
  const commit = db.transaction((effects: number) => {
    for (let index = 0; index < effects; index += 1) {
      done += 1;
      const id = `01a203f2-29bf-7bdd-860b-${String(done).padStart(12, '0')}`;
      inbox.run('bench', id);
      read.get(id);
      write.run(id, 'customer', 'flight', 1, '2024-11-21', 'PENDING');
      outbox.run(EVENT, '2024-11-21T00:00:00.000Z');
    }
  }).immediate;
  return { commit, close: () => db.close() };
}

function effectUs(folder: string, effects: number): number {
  const { commit, close } = openEffects(folder);
  const begun = performance.now();
  for (let done = 0; done < effects; done += 100) commit(100);
  const elapsedMs = performance.now() - begun;
  close();
  return (elapsedMs * 1000) / effects;
}

async function commitUs(folder: string): Promise<number> {
  const { commit, close } = openEffects(folder);
  const samples = await fromIdle(async () => commit(1));
  close();
  return median(samples) * 1000;
}

async function hopUs(redisUrl: string): Promise<number> {
  const [writer, reader] = [createClient({ url: redisUrl }), createClient({ url: redisUrl })];
  await Promise.all([writer.connect(), reader.connect()]);
  await writer.xGroupCreate('bench:hop', 'group', '0', { MKSTREAM: true });
  let pending = reader.xReadGroup('group', 'one', { key: 'bench:hop', id: '>' }, { BLOCK: 0 });
  const samples = await fromIdle(async () => {
    void writer.xAdd('bench:hop', '*', { event: EVENT });
    await pending;
    pending = reader.xReadGroup('group', 'one', { key: 'bench:hop', id: '>' }, { BLOCK: 0 });
  });
  pending.catch(() => undefined);
  reader.destroy();
  await writer.del('bench:hop');
  await writer.close();
  return median(samples) * 1000;
}

/** What one effect costs on a Postgres that does nothing else, in batches and alone; needs an empty database. */
export async function measurePostgres(url: string): Promise<Pick<PartCosts, 'effectUs' | 'commitUs'>> {
  const pool = new Pool({
    connectionString: url,
    max: POSTGRES_WRITERS,
    // As over the system's own connections: a plan made for an empty table would read all of it.
    options: '-c enable_seqscan=off',
  });
  await pool.query(`
    create table inbox (consumer text collate "C", event_id text collate "C", primary key (consumer, event_id));
    create table outbox (id bigint generated always as identity primary key, event text, created_at text);
    create table state (id text collate "C" primary key, a text, b text, c bigint, d text, e text)`);
  let done = 0;
  const commit = async (effects: number) => {
    const ids = Array.from({ length: effects }, () => {
      done += 1;
      return `01a203f2-29bf-7bdd-860b-${String(done).padStart(12, '0')}`;
    });
    const client = await pool.connect();
    try {
      for (const { name, text, of } of POSTGRES_EFFECT) {
        await client.query({ name, text, values: of ? [of(ids)] : [] });
      }
    } finally {
      client.release();
    }
  };
  const begun = performance.now();
  const batches = 300;
  const writers = Array.from({ length: POSTGRES_WRITERS }, async () => {
    for (let batch = 0; batch < batches / POSTGRES_WRITERS; batch += 1) await commit(100);
  });
  await Promise.all(writers);
  const effectUs = ((performance.now() - begun) * 1000) / (batches * 100);
  const commitUs = median(await fromIdle(() => commit(1))) * 1000;
  await pool.query('drop table inbox, outbox, state');
  await pool.end();
  return { effectUs, commitUs };
}

const POSTGRES_WRITERS = 4;

/** The statements of a transaction of effects, each for all of them at once. */
const POSTGRES_EFFECT: readonly { name: string; text: string; of?: (ids: string[]) => string[] }[] = [
  { name: 'begin', text: 'begin' },
  {
    name: 'inbox',
    text: "insert into inbox select 'bench', id from unnest($1::text[]) as id on conflict do nothing",
    of: (ids) => ids,
  },
  {
    name: 'lock',
    text: 'select * from state where id = any ($1::text[]) order by id for update',
    of: (ids) => ids,
  },
  {
    name: 'write',
    text: `insert into state select id, 'customer', 'flight', 1, '2024-11-21', 'PENDING' from unnest($1::text[]) as id
      on conflict (id) do update set e = excluded.e`,
    of: (ids) => ids,
  },
  {
    name: 'outbox',
    text: "insert into outbox (event, created_at) select event, '2024-11-21' from unnest($1::text[]) as event",
    of: (ids) => ids.map(() => EVENT),
  },
  { name: 'commit', text: 'commit' },
];

/** Milliseconds that a task takes each time, begun when nothing has happened for a moment. */
async function fromIdle(task: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < IDLE_SAMPLES) {
    await wait(IDLE_MS);
    const begun = performance.now();
    await task();
    samples.push(performance.now() - begun);
  }
  return samples;
}

async function deliverUs(port: number): Promise<number> {
  const entries = 100_000;
  await redisCli(port, 'DEL', 'bench:deliver');
  await redisUs(port, entries, ['-P', '100', '-c', '1'], ['XADD', 'bench:deliver', '*', 'event', EVENT]);
  await redisCli(port, 'XGROUP', 'CREATE', 'bench:deliver', 'group', '0');
  const read = ['XREADGROUP', 'GROUP', 'group', 'one', 'COUNT', '100', 'STREAMS', 'bench:deliver', '>'];
  const readUs = await redisUs(port, entries / 100, ['-P', '1', '-c', '1'], read);
  // Ids that are acknowledged already cost as much to look up as others.
  const acknowledge = [
    'XACK',
    'bench:deliver',
    'group',
    ...Array.from({ length: 100 }, (_, id) => `${id + 1}-0`),
  ];
  const acknowledgeUs = await redisUs(port, entries / 100, ['-P', '1', '-c', '1'], acknowledge);
  await redisCli(port, 'DEL', 'bench:deliver', 'bench:publish');
  return (readUs + acknowledgeUs) / 100;
}

/** Microseconds a command, as redis-benchmark counts them. */
async function redisUs(
  port: number,
  commands: number,
  options: string[],
  command: string[],
): Promise<number> {
  const { stdout } = await run('redis-benchmark', [
    '-p',
    String(port),
    '-n',
    String(commands),
    '--csv',
    ...options,
    ...command,
  ]);
  const perSecond = Number(stdout.trim().split('\n').at(-1)?.split(',')[1]?.replaceAll('"', ''));
  if (!(perSecond > 0)) throw new Error(`redis-benchmark printed no rate: ${stdout}`);
  return 1_000_000 / perSecond;
}

async function redisCli(port: number, ...command: string[]): Promise<void> {
  await run('redis-cli', ['-p', String(port), ...command]);
}
