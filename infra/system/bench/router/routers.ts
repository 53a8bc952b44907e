import { join } from 'node:path';
import { authorizationOf, identityEnv } from '@airline/testing/identity';
import type { Program } from './processes.ts';

const root = join(import.meta.dirname, '../../../..');
const here = import.meta.dirname;
export const peersFolder = join(here, 'peers');

/** Where a router finds its graph. */
export interface Setting {
  readonly port: number;
  readonly supergraphFile: string;
  readonly subgraphUrls: Readonly<Record<string, string>>;
}

export interface Router {
  readonly name: string;
  /** The address of its GraphQL endpoint is `http://127.0.0.1:PORT/graphql`. */
  program(setting: Setting): Program;
  /** Whether it is among the packages that are installed on first use. */
  readonly isInstalled?: true;
  /** Whether it serves subscriptions. */
  readonly subscribes?: true;
  /** What each request has beside those that all have. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one that all others are compared with. */
export const OURS = 'router';

const node = (file: string, env: Readonly<Record<string, string>>): Program => ({
  command: [process.execPath, file],
  env: { NODE_ENV: 'production', ...env },
});

/** The environment of a router that is given as a command. */
const environment = ({ port, supergraphFile, subgraphUrls }: Setting) => ({
  PORT: String(port),
  SUPERGRAPH_FILE: supergraphFile,
  SUBGRAPH_URLS: JSON.stringify(subgraphUrls),
});

function hive(name: string, ...flags: readonly string[]): Router {
  return {
    name,
    isInstalled: true,
    subscribes: true,
    program: (setting) => {
      const { command, env } = node(
        join(peersFolder, 'node_modules/@graphql-hive/gateway/dist/bin.js'),
        environment(setting),
      );
      const where = ['--host', '127.0.0.1', '--port', String(setting.port), '--fork', '1'];
      const config = ['--config-path', join(peersFolder, 'hive.config.mjs')];
      return {
        command: [...command, 'supergraph', setting.supergraphFile, ...where, ...config, ...flags],
        env,
      };
    },
  };
}

const ours = ({ port, supergraphFile }: Setting, env: Readonly<Record<string, string>> = {}) =>
  node(join(root, 'router/src/main.ts'), {
    ROUTER_PORT: String(port),
    SUPERGRAPH_FILE: supergraphFile,
    HOST: '127.0.0.1',
    // One client sends all, and lists of the other graphs have no sizes: costs are estimated, and nothing is refused.
    COST_LIMIT: '1000000000',
    COST_PER_SECOND: '100000000',
    COST_BURST_SECONDS: '3600',
    AUDIT_LOG: 'off',
    ...env,
  });

/** The routers that need no further installation on this machine but packages from npm. */
export const routers: readonly Router[] = [
  {
    name: OURS,
    subscribes: true,
    program: ours,
  },
  {
    // It verifies the token of each request, decides by rules, and signs its requests to subgraphs.
    name: 'router-identity',
    subscribes: true,
    program: (setting) => ours(setting, identityEnv),
    headers: await authorizationOf({ subject: 'clerk', roles: ['staff'], expiresIn: 86_400 }),
  },
  {
    name: 'apollo-gateway',
    program: (setting) => node(join(here, 'servers/apollo-gateway.ts'), environment(setting)),
  },
  hive('hive-gateway'),
  hive('hive-gateway-router-runtime', '--hive-router-runtime'),
  {
    name: 'mercurius',
    isInstalled: true,
    program: (setting) => node(join(peersFolder, 'mercurius.mjs'), environment(setting)),
  },
];

/** A router given as `name=command`, which a shell runs. */
export function peerOf(text: string): Router {
  const [, name, command] = /^([^=\s]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || command === undefined) {
    throw new Error(`--peer ${text}: expected name=command, such as "cosmo=./cosmo/run.sh".`);
  }
  return {
    name,
    subscribes: true,
    program: (setting) => ({ command: ['sh', '-c', command], env: environment(setting) }),
  };
}

/** What a router has to do at least: respond with the bytes; send the fetches first. */
export const limits = (limitsFile: string): readonly Router[] =>
  ['bytes', 'fetches'].map((kind) => ({
    name: `limit: ${kind}`,
    program: (setting) => {
      const { command, env } = node(join(here, 'servers/limit.ts'), environment(setting));
      return { command: [...command, kind], env: { ...env, LIMITS_FILE: limitsFile } };
    },
  }));
