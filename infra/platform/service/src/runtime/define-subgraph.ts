import type { State, Tables } from '@airline/database';
import type { Policies } from '@airline/messaging';
import type { Service } from '@airline/schema/events';
import type { z } from 'zod';
import type { Env } from '../config/env-var.ts';
import { readServiceConfig, type ServiceConfig, serviceVariables } from '../config/service-config.ts';
import { StartError } from '../errors/start-error.ts';
import { unheardPolicies } from './listening.ts';
import type { Runtime } from './runtime.ts';
import {
  migrationsOf,
  type RunningService,
  type SubgraphContext,
  type SubgraphParts,
  startSubgraph,
} from './start-subgraph.ts';

/** A subgraph, for processes, tests and tools. */
export interface Subgraph<Config extends ServiceConfig = ServiceConfig, S extends State = State> {
  readonly name: Service;
  readonly tables: Tables<S>;
  /** The folder of its migrations. */
  readonly migrations: string;
  readonly policies: Policies<S>;
  /** The schemas of all its environment variables, by name. */
  readonly variables: z.ZodRawShape;
  /** @throws EnvError naming the invalid variables */
  readConfig(env?: Env): Config;
  /**
   * Opens its database, serves its graph and handles its events, until it is closed.
   *
   * @throws StartError when it has policies for events that it does not listen to, or cannot open or serve
   */
  start(config: Config, runtime: Runtime): Promise<RunningService>;
}

/** Wires a subgraph's parts together, and closes them in order; the same for all subgraphs. */
export function defineSubgraph<
  S extends State,
  Context extends SubgraphContext<S>,
  Own extends z.ZodRawShape = Record<never, never>,
>(parts: SubgraphParts<S, Context, Own>): Subgraph<ServiceConfig & z.output<z.ZodObject<Own>>, S> {
  const { name, tables, policies, variables } = parts;
  const own = variables ?? ({} as Own); // The default of the type parameter, which has no variables.
  return {
    name,
    tables,
    migrations: migrationsOf(parts),
    policies,
    variables: serviceVariables(name, own),
    readConfig: (env) => readServiceConfig(name, own, env),
    start: async (config, runtime) => {
      for (const fault of unheardPolicies(parts)) throw new StartError(fault);
      return await startSubgraph(parts, config, runtime);
    },
  };
}
