import { command } from '@airline/service/server';
import { requires, startRedisServer, tempFolder } from '@airline/testing';
import { measureParts, type PartCosts } from './limits.ts';
import { median, percentiles, runConcurrently } from './measure.ts';
import { measureMemory } from './memory.ts';
import { measureOnPostgres, type PostgresRound } from './saga-postgres.ts';
import { measureRouter } from './saga-router.ts';
import { startServices } from './services.ts';

// How fast sagas settle, beside what this machine could do: `npm run bench:saga -- --rounds 5 --sagas 20000`, and with
// `--postgres` on Postgres, by 1 and 3 replicas, on 1 and 100 flights.

const { values } = command({
  usage: `Usage: npm run bench:saga [-- --rounds N] [--sagas N] [--memory N] [--postgres]
  How fast sagas settle, beside what this machine could do; --postgres: on PostgreSQL, by 1 and 3 replicas. Some minutes.`,
  numbers: { rounds: [1], sagas: [1], memory: [0] },
  options: {
    rounds: { type: 'string', default: '3' },
    sagas: { type: 'string', default: '10000' },
    memory: { type: 'string', default: '100000' },
    postgres: { type: 'boolean', default: false },
  },
});
const [rounds, sagas, memorySagas] = [Number(values.rounds), Number(values.sagas), Number(values.memory)];

/** What one successful saga consists of: the trace in infra/system/e2e/README.md shows one. */
const EFFECTS = 9;
const EVENTS = 5;
const DELIVERIES = 11;
const COMMITS_IN_A_ROW = 4;
const HOPS_IN_A_ROW = 3;

const throughputLimit = ({ effectUs, publishUs, deliverUs }: PartCosts) =>
  1_000_000 / (EFFECTS * effectUs + EVENTS * publishUs + DELIVERIES * deliverUs);
const latencyLimitMs = ({ commitUs, hopUs }: PartCosts) =>
  (COMMITS_IN_A_ROW * commitUs + HOPS_IN_A_ROW * hopUs) / 1000;

interface Round {
  readonly perSecond: number;
  readonly limitPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly limitMs: number;
}

async function measureServices(apart: boolean): Promise<Round[]> {
  await using redis = await startRedisServer();
  await using folder = await tempFolder();
  const services = await startServices({ folder: folder.path, redisUrl: redis.url, apart });
  const measured: Round[] = [];
  try {
    // The first bookings meet code that has not been compiled yet.
    await runConcurrently(15_000, 100, (index) => services.book(`customer-${index % 500}`));
    for (let round = 1; round <= rounds; round += 1) {
      const before = await measureParts(`${folder.path}/limit-${round}`, redis.url);
      const idle = percentiles(await runConcurrently(300, 1, (index) => services.book(`customer-${index}`)));
      const begun = performance.now();
      await runConcurrently(sagas, 1000, (index) => services.book(`customer-${index % 500}`));
      const perSecond = (sagas * 1000) / (performance.now() - begun);
      const after = await measureParts(`${folder.path}/limit-${round}-after`, redis.url);
      const limitPerSecond = (throughputLimit(before) + throughputLimit(after)) / 2;
      const limitMs = (latencyLimitMs(before) + latencyLimitMs(after)) / 2;
      measured.push({ perSecond, limitPerSecond, ...idle, limitMs });
      process.stdout.write(
        `  round ${round}: ${perSecond.toFixed(0)} sagas/s of ${limitPerSecond.toFixed(0)}, ` +
          `idle ${idle.p50.toFixed(1)} ms of ${limitMs.toFixed(1)} ms\n`,
      );
    }
  } finally {
    await services.close();
  }
  return measured;
}

function printServices(name: string, measured: readonly Round[]): void {
  const of = (pick: (round: Round) => number) => median(measured.map(pick));
  process.stdout.write(
    `${name}\n` +
      `  sagas/s            ${of((round) => round.perSecond).toFixed(0)}  (sum of parts ${of((round) => round.limitPerSecond).toFixed(0)}, ` +
      `ratio ${of((round) => round.perSecond / round.limitPerSecond).toFixed(2)})\n` +
      `  place to outcome   p50 ${of((round) => round.p50).toFixed(1)} ms, p99 ${of((round) => round.p99).toFixed(1)} ms  ` +
      `(${COMMITS_IN_A_ROW} commits and ${HOPS_IN_A_ROW} hops ${of((round) => round.limitMs).toFixed(1)} ms, ` +
      `ratio ${of((round) => round.limitMs / round.p50).toFixed(2)})\n\n`,
  );
}

/** Postgres alone: the effects of a saga in large batches, without events and without us. */
async function comparePostgres(): Promise<void> {
  const scenes = [1, 100].flatMap((flights) => [1, 3].map((replicas) => ({ replicas, flights })));
  for (const scene of scenes) {
    const measured = await measureOnPostgres(scene, sagas, rounds);
    const mean = (round: PostgresRound, of: (parts: PartCosts) => number) =>
      (of(round.parts[0]) + of(round.parts[1])) / 2;
    const alone = (round: PostgresRound) => mean(round, ({ effectUs }) => 1_000_000 / (EFFECTS * effectUs));
    const limitMs = (round: PostgresRound) => mean(round, latencyLimitMs);
    const of = (pick: (round: PostgresRound) => number) => median(measured.map(pick));
    process.stdout.write(
      `${scene.replicas} replicas, ${scene.flights} flights\n` +
        `  sagas/s            ${of((round) => round.perSecond).toFixed(0)}  (Postgres alone ${of(alone).toFixed(0)}, ` +
        `ratio ${of((round) => round.perSecond / alone(round)).toFixed(2)})\n` +
        `  place to outcome   p50 ${of((round) => round.p50).toFixed(1)} ms, p99 ${of((round) => round.p99).toFixed(1)} ms  ` +
        `(${COMMITS_IN_A_ROW} commits and ${HOPS_IN_A_ROW} hops ${of(limitMs).toFixed(1)} ms, ` +
        `ratio ${of((round) => limitMs(round) / round.p50).toFixed(2)})\n`,
    );
  }
}

const redis = requires('redis-server');
if (redis.missing) {
  process.stderr.write(`This benchmark runs on Redis: ${redis.reason}.\n`);
  process.exit(1);
}
if (values.postgres) {
  await comparePostgres();
  process.exit();
}
process.stdout.write('At the services, each in a process of its own, SQLite and Redis\n');
const apart = await measureServices(true);
process.stdout.write('At the services, all in one process, SQLite and Redis\n');
const together = await measureServices(false);
process.stdout.write('Through the router, each in a process of its own, SQLite and Redis\n');
const router = await measureRouter(Math.round(sagas / 2));
process.stdout.write(`The embedded system over ${memorySagas} sagas\n`);
const memory = await measureMemory(memorySagas);

process.stdout.write('\n');
printServices('At the services, each in its own process', apart);
printServices('At the services, all in one process', together);
process.stdout.write(
  `Through the router\n  sagas/s            ${router.perSecond.toFixed(0)}\n` +
    `  place to outcome   p50 ${router.idle.p50.toFixed(1)} ms, p99 ${router.idle.p99.toFixed(1)} ms (idle)\n\n` +
    `Memory of the embedded system, MB\n  ${memory.map(({ sagas: done, mb }) => `${done}: ${mb}`).join('   ')}\n`,
);
