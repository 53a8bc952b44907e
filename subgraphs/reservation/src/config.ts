import { type Env, envVar, readServiceConfig, type ServiceConfig } from '@airline/service';

export interface ReservationConfig extends ServiceConfig {
  /** Milliseconds after which a reservation that is still pending expires. */
  readonly holdTimeMs: number;
}

const FIFTEEN_MINUTES_MS = 15 * 60 * 1000;

export function readConfig(env: Env = process.env): ReservationConfig {
  const extra = { HOLD_TIME_MS: envVar.milliseconds.default(FIFTEEN_MINUTES_MS) };
  const config = readServiceConfig('reservation', extra, env);
  return { ...config, holdTimeMs: config.HOLD_TIME_MS };
}
