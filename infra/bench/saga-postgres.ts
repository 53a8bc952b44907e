import { startPostgresServer, startRedisServer, tempFolder } from '@airline/testing';
import { measureParts, measurePostgres, type PartCosts } from './limits.ts';
import { percentiles, runConcurrently } from './measure.ts';
import { startServices } from './services.ts';

export interface PostgresRound {
  readonly replicas: number;
  readonly flights: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** The machine's own costs, measured before. */
  readonly parts: PartCosts;
}

/** Settles sagas on Postgres and Redis, each service in processes of its own, and measures what Postgres alone could do. */
export async function measureOnPostgres(
  replicas: number,
  flights: number,
  sagas: number,
): Promise<PostgresRound> {
  await using redis = await startRedisServer();
  await using postgres = await startPostgresServer('max_connections=300', 'shared_buffers=256MB');
  await using folder = await tempFolder();
  const ofRedis = await measureParts(`${folder.path}/limit`, redis.url);
  const ofPostgres = await measurePostgres(await postgres.createDatabase('limit'));
  const urls = new Map<string, string>();
  for (const service of ['reservation', 'flight', 'payment', 'dashboard']) {
    urls.set(service, await postgres.createDatabase(service));
  }
  const services = await startServices({
    folder: folder.path,
    redisUrl: redis.url,
    apart: true,
    replicas,
    flights,
    databaseUrl: (service) => urls.get(service) as string,
  });
  try {
    await runConcurrently(5_000, 100, (index) => services.book(`customer-${index % 500}`));
    const idle = percentiles(await runConcurrently(300, 1, (index) => services.book(`customer-${index}`)));
    const begun = performance.now();
    await runConcurrently(sagas, 1000, (index) => services.book(`customer-${index % 500}`));
    const perSecond = (sagas * 1000) / (performance.now() - begun);
    return { replicas, flights, perSecond, ...idle, parts: { ...ofRedis, ...ofPostgres } };
  } finally {
    await services.close();
  }
}
