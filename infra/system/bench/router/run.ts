import { tempFolder } from '@airline/testing';
import { install } from '../../local/bootstrap/install.mjs';
import { type Comparison, compareOn, type Result } from './compare.ts';
import { airlineQueries } from './graphs/airline.ts';
import { guildQueries } from './graphs/guild.ts';
import type { Options } from './options.ts';
import type { Processes } from './processes.ts';
import { peersFolder } from './routers.ts';

/** Runs the whole comparison. Processes are left to the caller, who may end them at any time. */
export async function run(
  options: Options,
  processes: Processes,
  log: (line: string) => void,
): Promise<readonly Result[]> {
  await using folder = await tempFolder();
  const installed = await withInstalled(options, log);
  const comparison: Comparison = { options: installed.options, folder: folder.path, processes, log };
  const graphs = [['guild', guildQueries] as const, ['airline', airlineQueries] as const];
  const results: Result[] = [...installed.failed];
  for (const [name, all] of graphs) {
    const queries = all.filter((query) => options.queries.includes(query.name));
    if (queries.length > 0) results.push(...(await compareOn(name, queries, comparison)));
  }
  return results;
}

/** Installs the routers that come from npm; without those that cannot be installed. */
async function withInstalled(options: Options, log: (line: string) => void) {
  const missing = options.routers.filter(({ isInstalled }) => isInstalled);
  const none: readonly Result[] = [];
  if (missing.length === 0) return { options, failed: none };
  log(`${missing.map(({ name }) => name).join(', ')}: packages of ${peersFolder}, 350 MB, installed once`);
  try {
    await install(peersFolder);
    return { options, failed: none };
  } catch (error) {
    const reason = `It cannot be installed: ${error instanceof Error ? error.message : error}`;
    const failed = missing.map(({ name }) => ({ query: 'all', router: name, rounds: [], reason }));
    const routers = options.routers.filter(({ isInstalled }) => !isInstalled);
    return { options: { ...options, routers }, failed };
  }
}
