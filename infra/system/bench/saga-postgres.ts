import { services as names } from '@airline/schema/events';
import { present, startPostgresServer, startRedisServer, tempFolder } from '@airline/testing';
import { measureParts, measurePostgres, type PartCosts } from './limits.ts';
import { percentiles, runConcurrently } from './measure.ts';
import { startServices } from './services.ts';

export interface PostgresRound {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** The machine's own costs, right before and right after. */
  readonly parts: readonly [PartCosts, PartCosts];
}

export interface PostgresScene {
  /** Of each service. */
  readonly replicas: number;
  /** That bookings go to in turn. */
  readonly flights: number;
}

/** Settles sagas on Postgres and Redis, each service in processes of its own, and measures what Postgres alone could do. */
export async function measureOnPostgres(
  { replicas, flights }: PostgresScene,
  sagas: number,
  rounds: number,
): Promise<PostgresRound[]> {
  await using redis = await startRedisServer();
  await using postgres = await startPostgresServer('max_connections=300', 'shared_buffers=256MB');
  await using folder = await tempFolder();
  const empty = await postgres.createDatabase('limit');
  const urls = new Map<string, string>();
  for (const service of names) {
    urls.set(service, await postgres.createDatabase(service));
  }
  const services = await startServices({
    folder: folder.path,
    redisUrl: redis.url,
    apart: true,
    replicas,
    flights,
    databaseUrl: (service) => present(urls.get(service), `database of ${service}`),
  });
  const parts = async (name: string): Promise<PartCosts> => ({
    ...(await measureParts(`${folder.path}/${name}`, redis.url)),
    ...(await measurePostgres(empty)),
  });
  const measured: PostgresRound[] = [];
  try {
    // The first bookings meet code that has not been compiled yet, in each replica.
    await runConcurrently(5_000 * replicas, 100, (index) => services.book(`customer-${index % 500}`));
    for (let round = 1; round <= rounds; round += 1) {
      const before = await parts(`before-${round}`);
      const idle = percentiles(await runConcurrently(300, 1, (index) => services.book(`customer-${index}`)));
      const begun = performance.now();
      await runConcurrently(sagas, 1000, (index) => services.book(`customer-${index % 500}`));
      const perSecond = (sagas * 1000) / (performance.now() - begun);
      measured.push({ perSecond, ...idle, parts: [before, await parts(`after-${round}`)] });
    }
    return measured;
  } finally {
    await services.close();
  }
}
