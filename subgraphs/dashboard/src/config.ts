import { type Env, readServiceConfig, type ServiceConfig } from '@airline/service';

export const readConfig = (env: Env = process.env): ServiceConfig => readServiceConfig('dashboard', {}, env);
