import { inMemoryAt, type RedisProcess, startRedisProcess } from './redis-process.ts';

export type RedisServer = RedisProcess;

/** A private Redis on a free port that keeps nothing on disk by default; `settings` are further arguments. */
export const startRedisServer = (...settings: string[]): Promise<RedisServer> =>
  startRedisProcess((place) => [...inMemoryAt(place), ...settings]);
