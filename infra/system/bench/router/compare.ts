import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyOf, type Checked, check, type Subject } from './check.ts';
import type { Query } from './graphs/graph.ts';
import type { EventLoad } from './load/events.ts';
import type { RequestLoad } from './load/requests.ts';
import type { Measured } from './load/window.ts';
import type { Options } from './options.ts';
import type { Processes } from './processes.ts';
import { limits, OURS, type Router } from './routers.ts';
import { type GraphOptions, type RunningGraph, startGraph } from './running-graph.ts';
import type { Limits } from './servers/limit.ts';

/** What was measured of a router on a query. */
export interface Result {
  readonly query: string;
  readonly router: string;
  /** A round each; empty where it could not be measured. */
  readonly rounds: Measured[];
  /** Why it could not, or could no longer. */
  reason?: string;
  readonly agreement?: Checked['agreement'];
  readonly fetches?: number;
  readonly steps?: number;
}

export interface Comparison {
  readonly options: Options;
  readonly folder: string;
  readonly processes: Processes;
  readonly log: (line: string) => void;
}

interface Pair {
  readonly query: Query;
  readonly subject: Subject;
  readonly checked: Checked | undefined;
  readonly result: Result;
}

/** Compares the routers on queries of one graph, in rounds: each round measures every router on every query. */
export async function compareOn(
  name: GraphOptions['name'],
  queries: readonly Query[],
  comparison: Comparison,
): Promise<readonly Result[]> {
  const { options, folder, processes, log } = comparison;
  const { delayMs, cores } = options;
  const graph = await startGraph({ name, folder, delayMs, cores }, processes);
  const failed: Result[] = [];
  const start = async (router: Router): Promise<Subject | undefined> => {
    log(`${name}: starting ${router.name}`);
    try {
      return { router, ...(await graph.startRouter(router)) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failed.push(
        ...queries.map((query) => ({ query: query.name, router: router.name, rounds: [], reason })),
      );
      return undefined;
    }
  };

  const startAll = async (routers: readonly Router[]): Promise<Subject[]> => {
    const started = await Promise.all(routers.map(start));
    return started.filter((subject) => subject !== undefined);
  };

  const subjects = await startAll(options.routers);
  const pairs: Pair[] = [];
  for (const query of queries) pairs.push(...(await prepare(graph, query, subjects)));
  if (options.withLimits) {
    const limitsFile = join(folder, `${name}-limits.json`);
    await writeFile(limitsFile, JSON.stringify(limitsOf(pairs)));
    for (const subject of await startAll(limits(limitsFile))) {
      subjects.push(subject);
      pairs.push(...ofLimit(subject, pairs));
    }
  }
  await measureRounds(graph, pairs, comparison);
  await Promise.all(subjects.map(({ program }) => program.stop()));
  await graph.stop();
  return [...pairs.map(({ result }) => result), ...failed];
}

/** Checks the routers on one query. */
async function prepare(graph: RunningGraph, query: Query, subjects: readonly Subject[]): Promise<Pair[]> {
  if (query.isSubscription) {
    return subjects.map((subject) => {
      const base = { query: query.name, router: subject.router.name, rounds: [] };
      const result = subject.router.subscribes ? base : { ...base, reason: 'It serves no subscriptions.' };
      return { query, subject, checked: undefined, result };
    });
  }
  const checked = await check(graph, query, subjects);
  return Array.from(checked, ([subject, found]) => {
    const base = { query: query.name, router: subject.router.name, rounds: [] };
    if (typeof found === 'string') {
      return { query, subject, checked: undefined, result: { ...base, reason: found } };
    }
    const { agreement, steps } = found;
    const result = { ...base, agreement, fetches: steps.flat().length, steps: steps.length };
    return { query, subject, checked: found, result };
  });
}

/** The responses and fetches of this project's router. */
function limitsOf(pairs: readonly Pair[]): Limits {
  const ours = pairs.filter(({ subject, checked }) => subject.router.name === OURS && checked);
  return Object.fromEntries(
    ours.flatMap(({ query, checked }) => (checked ? [[bodyOf(query), checked]] : [])),
  );
}

function ofLimit(subject: Subject, pairs: readonly Pair[]): Pair[] {
  return pairs
    .filter((pair) => pair.subject.router.name === OURS && pair.checked)
    .map(({ query, checked, result }) => ({
      query,
      subject,
      checked,
      result: { ...result, router: subject.router.name, rounds: [] },
    }));
}

async function measureRounds(
  graph: RunningGraph,
  pairs: readonly Pair[],
  comparison: Comparison,
): Promise<void> {
  const { options, log } = comparison;
  const queries = new Set(pairs.map(({ query }) => query));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const query of queries) {
      const inTurn = pairs.filter((pair) => pair.query === query && pair.result.reason === undefined);
      // Each round begins with another router.
      const first = (round - 1) % inTurn.length;
      for (const pair of [...inTurn.slice(first), ...inTurn.slice(0, first)]) {
        const { result, subject } = pair;
        const found = await measure(graph, pair, round === 1, comparison);
        const words = subject.program.lastWords();
        if (words === undefined) result.rounds.push(found);
        else result.reason = `It ended: ${words}`;
        const failures = found.failure ? `, ${found.failures} failures: ${found.failure}` : '';
        log(`round ${round}, ${query.name}, ${result.router}: ${Math.round(found.perSecond)}/s${failures}`);
      }
    }
  }
}

async function measure(
  graph: RunningGraph,
  { query, subject, checked }: Pair,
  isFirst: boolean,
  { options, processes }: Comparison,
): Promise<Measured> {
  const { seconds, connections, cores } = options;
  const window = {
    url: subject.url,
    headers: subject.router.headers ?? {},
    group: subject.program.group,
    seconds,
    // The first time the router's code is still being compiled.
    warmUpSeconds: isFirst ? seconds : seconds / 4,
  };
  const load: RequestLoad | EventLoad = checked
    ? { ...window, body: bodyOf(query), connections, expectedBytes: Buffer.byteLength(checked.response) }
    : { ...window, query: query.query, controlUrl: graph.controlUrl, inFlight: connections };
  const script = join(import.meta.dirname, checked ? 'load/requests.ts' : 'load/events.ts');
  const { child } = processes.start({
    command: [process.execPath, script, JSON.stringify(load)],
    core: cores.load,
  });
  const { exit, stdout, stderr } = await child.ended;
  if (exit !== 0) throw new Error(`The load on ${subject.router.name} (${query.name}) failed: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}
