import { inMemoryAt, type RedisProcess, startRedisProcess } from './redis-process.ts';

export type RedisServer = RedisProcess;

/** A private Redis on a free port that keeps nothing on disk unless told to by further `settings`. */
export const startRedisServer = (...settings: string[]): Promise<RedisServer> =>
  startRedisProcess((place) => [...inMemoryAt(place), ...settings]);
