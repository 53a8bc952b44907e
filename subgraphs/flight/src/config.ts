import { type Env, readServiceConfig, type ServiceConfig } from '@airline/service';
import { z } from 'zod';

export interface FlightConfig extends ServiceConfig {
  /** The folder of promotional texts; all replicas share it. */
  readonly promotionsDir: string;
}

export function readConfig(env: Env = process.env): FlightConfig {
  const extra = { PROMOTIONS_DIR: z.string().optional() };
  const config = readServiceConfig('flight', extra, env);
  return { ...config, promotionsDir: config.PROMOTIONS_DIR ?? `${config.dataDir}/promotions` };
}
