import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, post, until } from '@airline/testing';
import { composeServices } from '@apollo/composition';
import { guild } from './graphs/guild.ts';
import type { Cores, Processes, RunningProgram } from './processes.ts';
import type { Router, Setting } from './routers.ts';
import type { Fetch } from './servers/recorder.ts';

const START_WITHIN_MS = 60_000;

/** The subgraphs of one graph in their process, and the supergraph that says where they are. */
export interface RunningGraph {
  readonly setting: Omit<Setting, 'port'>;
  readonly controlUrl: string;
  /** The fetches that a request leads to, by steps. */
  record(request: () => Promise<unknown>): Promise<readonly (readonly Fetch[])[]>;
  /**
   * Starts a router on this graph; resolves when it has responded to a query.
   * @throws Error with its output when it does not
   */
  startRouter(router: Router): Promise<{ readonly url: string; readonly program: RunningProgram }>;
  stop(): Promise<void>;
}

export interface GraphOptions {
  readonly name: 'guild' | 'airline';
  readonly folder: string;
  readonly delayMs: number;
  readonly cores: Cores;
}

export async function startGraph(
  { name, folder, delayMs, cores }: GraphOptions,
  processes: Processes,
): Promise<RunningGraph> {
  const script = join(import.meta.dirname, 'servers/subgraphs.ts');
  const subgraphs = processes.start({
    command: [process.execPath, script, name, String(delayMs)],
    env: { NODE_ENV: 'production' },
    core: cores.load,
  });
  const [printed] = await subgraphs.child.printed(/^\{.*\}$/m);
  // Printed by the subgraphs.
  const { urls, controlUrl } = JSON.parse(printed) as { urls: Record<string, string>; controlUrl: string };
  const supergraphFile = join(folder, `${name}.graphql`);
  await writeFile(supergraphFile, await supergraphOf(name, urls));
  const setting = { supergraphFile, subgraphUrls: urls };

  return {
    setting,
    controlUrl,
    record: async (request) => {
      await post(`${controlUrl}/record`, '');
      await request();
      return (await post<readonly (readonly Fetch[])[]>(`${controlUrl}/recorded`, '')).body;
    },
    startRouter: async (router) => {
      const port = await freePort();
      const program = processes.start({ ...router.program({ ...setting, port }), core: cores.router });
      const url = `http://127.0.0.1:${port}/graphql`;
      const responds = async () => (await post(url, '{"query":"{ __typename }"}')).body.data !== undefined;
      const settles = async () => program.lastWords() !== undefined || (await responds());
      await until(`${router.name} responds`, settles, START_WITHIN_MS).catch(() => program.stop());
      const words = program.lastWords();
      if (words !== undefined) throw new Error(`It does not start: ${words}`);
      return { url, program };
    },
    stop: () => subgraphs.stop(),
  };
}

async function supergraphOf(
  name: 'guild' | 'airline',
  urls: Readonly<Record<string, string>>,
): Promise<string> {
  if (name === 'guild') {
    const services = Object.entries(guild).map(([subgraph, { typeDefs }]) => ({
      name: subgraph,
      url: urls[subgraph] ?? '',
      typeDefs,
    }));
    const { supergraphSdl, errors } = composeServices(services);
    if (supergraphSdl === undefined) throw new Error(`The graph does not compose: ${errors?.join('; ')}`);
    return supergraphSdl;
  }
  const file = join(import.meta.dirname, '../../../../schema/supergraph.graphql');
  // Not all routers know policies; those that do enforce them all the same.
  const sdl = (await readFile(file, 'utf8')).replaceAll(', for: SECURITY', '');
  return sdl.replace(
    /(@join__graph\(name: "(\w+)", url: )"[^"]*"/g,
    (_, start: string, subgraph: string) => `${start}"${urls[subgraph]}"`,
  );
}
