import { figure, formatColumns } from '../text-table.ts';
import type { Measured } from './attacks.ts';
import type { Overload } from './overload.ts';
import type { Latencies, Percentiles } from './scene.ts';

const LATENCIES = ['bookings p50', 'p99', 'ratio', 'reads p50', 'p99', 'ratio'];

/** In ms; the ratio is of the p99 to the usual one. */
const figures = (now: Latencies, usual: Latencies): readonly string[] => {
  const of = (each: Percentiles, base: Percentiles) => [
    figure(each.p50, 1),
    figure(each.p99, 1),
    figure(each.p99 / base.p99, 2),
  ];
  return [...of(now.bookings, usual.bookings), ...of(now.reads, usual.reads)];
};

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${count.toLocaleString('en')}`)
    .join(', ');

/** Each phase, and below them what else was measured. */
export function formatOverload(overload: Overload): string {
  const { unloaded, overloaded, sustainable, offered, served, refused, failures } = overload;
  const { health, memory, clientLag, recoveryMs, lost } = overload;
  const rows = [
    ['unloaded', ...figures(unloaded, unloaded)],
    ...overloaded.map(({ phase, latencies }) => [phase, ...figures(latencies, unloaded)]),
  ];
  return [
    formatColumns(['load', ...LATENCIES], rows, (column) => column === 0),
    `sustainable: ${figure(sustainable, 0)}/s; offered ${offered}, served ${served}, refused ${refused}, failed ${failures.length}`,
    `health: ${health.asked} times, ${health.failures} failures, at worst ${figure(health.worstMs, 0)} ms`,
    `the router's memory: ${memory.before} MB before, ${memory.during} MB during; recovery in ${figure(recoveryMs, 0)} ms`,
    `the measuring process lags: p50 ${figure(clientLag.p50, 1)} ms, p99 ${figure(clientLag.p99, 1)} ms`,
    `acknowledged ${lost.acknowledged}, wrong ${lost.faults.length}`,
    ...new Set([...failures, ...lost.faults]),
  ].join('\n');
}

const HEADINGS = ['attack', ...LATENCIES, 'refused', 'failed', 'health ms', 'MB', 'the attacker got'];

/** A line for each attack; below them how others' requests failed. */
export function formatAttacks(results: readonly Measured[]): string {
  const rows = results.map(({ name, usual, latencies, refused, failures, health, memory, got }) => [
    name,
    ...figures(latencies, usual),
    `${refused}`,
    `${failures.length + health.failures}`,
    figure(health.worstMs, 0),
    `${memory}`,
    list(got),
  ]);
  const isText = (column: number) => column === 0 || column === HEADINGS.length - 1;
  const failed = results.flatMap(({ name, failures }) =>
    [...new Set(failures)].map((failure) => `${name}: ${failure}`),
  );
  return [formatColumns(HEADINGS, rows, isText), ...failed].join('\n');
}
