import { allAreThere } from '@airline/e2e/subscriptions/all-are-there';
import { type Crowd, gather } from '@airline/e2e/subscriptions/crowd';
import { type StubGraph, startStubGraph } from '@airline/e2e/subscriptions/stub-graph';
import { command } from '@airline/service/server';
import { until } from '@airline/testing';
import { median, percentiles } from './measure.ts';
import { residentMb } from './memory.ts';

// What subscribers cost the router: `npm run bench:subscriptions -- --subscribers 10000 --sockets 20 --events 50`.

const { values } = command({
  usage: `Usage: npm run bench:subscriptions [-- --subscribers N] [--sockets N] [--events N] [--rounds N]
  What subscribers cost the router. Some minutes.`,
  numbers: { subscribers: [1], sockets: [1], events: [1], rounds: [1] },
  options: {
    subscribers: { type: 'string', default: '10000' },
    sockets: { type: 'string', default: '20' },
    events: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
  },
});
const subscribers = Number(values.subscribers);
const sockets = Number(values.sockets);
const events = Number(values.events);
const rounds = Number(values.rounds);

const FIELDS = '{ flightCount customer { reservations(first: 1) { totalCount } } }';
const SAME = `subscription { customerInfoUpdated ${FIELDS} }`;
const OWN = `subscription ($id: ID) { customerInfoUpdated(customerId: $id) ${FIELDS} }`;

/** Pushes one event and waits until so many have it; returns the milliseconds to each of them. */
async function pushTo(crowd: Crowd, graph: StubGraph, customerId: string, count: number, expected: number) {
  const begun = performance.now();
  graph.push(customerId, count);
  await until(
    'all concerned have it',
    () => crowd.subscribers.reduce((sum, { counts }) => sum + Number(counts.at(-1) === count), 0) >= expected,
    60_000,
  );
  return crowd.subscribers.flatMap(({ counts, times }) =>
    counts.at(-1) === count ? [(times.at(-1) ?? begun) - begun] : [],
  );
}

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly kilobytesEach: number;
}

async function sameOperation(): Promise<Round> {
  await using graph = await startStubGraph({ SUBSCRIPTIONS_PER_CONNECTION: String(subscribers) });
  const before = residentMb(graph.pid);
  const each = Math.ceil(subscribers / sockets);
  const crowd = await gather(graph.url, { sockets, each, payload: () => ({ query: SAME }) });
  let count = 0;
  await until('the router has subscribed', () => graph.upstreams() === 1);
  await allAreThere(graph, [crowd], () => {
    count += 1;
    graph.push('c', count);
    return count;
  });
  const kilobytesEach = ((residentMb(graph.pid) - before) * 1024) / crowd.subscribers.length;
  const fetched = graph.fetches();
  const times: number[] = [];
  for (let event = 0; event < events; event += 1) {
    count += 1;
    times.push(...(await pushTo(crowd, graph, 'c', count, crowd.subscribers.length)));
  }
  if (graph.upstreams() !== 1) throw new Error(`The router holds ${graph.upstreams()} upstreams.`);
  if (graph.fetches() - fetched !== events) throw new Error('An event was executed more than once.');
  await crowd.close();
  return { ...percentiles(times), kilobytesEach };
}

/** The milliseconds to the last of those concerned, with so many others who are not. */
async function ownVariables(others: number): Promise<number> {
  await using graph = await startStubGraph();
  const each = Math.ceil(others / 10);
  const payload = (index: number) => ({ query: OWN, variables: { id: `c${index}` } });
  const crowd = await gather(graph.url, { sockets: 10, each, payload });
  await until('each has its upstream', () => graph.upstreams() === crowd.subscribers.length, 60_000);
  const times: number[] = [];
  for (let event = 1; event <= events; event += 1) {
    times.push(...(await pushTo(crowd, graph, 'c7', event, 1)));
  }
  await crowd.close();
  return median(times);
}

const same: Round[] = [];
for (let round = 1; round <= rounds; round += 1) {
  same.push(await sameOperation());
  process.stdout.write(`  round ${round}: p99 ${same.at(-1)?.p99.toFixed(0)} ms\n`);
}
const of = (pick: (round: Round) => number) => median(same.map(pick));
process.stdout.write(
  `${subscribers} subscribers of one operation on ${sockets} sockets: 1 upstream, 1 execution an event\n` +
    `  event to subscriber  p50 ${of(({ p50 }) => p50).toFixed(0)} ms, p99 ${of(({ p99 }) => p99).toFixed(0)} ms\n` +
    `  router's memory      ${of(({ kilobytesEach }) => kilobytesEach).toFixed(1)} KB a subscriber\n`,
);
for (const others of [10, 100, 1_000]) {
  const ms = await ownVariables(others);
  process.stdout.write(
    `${others} subscribers with a customer each: an event of one reaches it in ${ms.toFixed(1)} ms\n`,
  );
}
