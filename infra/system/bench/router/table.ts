import { median } from '../measure.ts';
import { figure, formatColumns } from '../text-table.ts';
import type { Result } from './compare.ts';
import type { Measured } from './load/window.ts';
import { OURS } from './routers.ts';

/** The medians of the rounds; figures that could not be read are undefined. */
export interface Line extends Omit<Measured, 'failure'> {
  readonly query: string;
  readonly router: string;
  /** To this project's router. */
  readonly ratio: number;
  readonly fetches: string;
  readonly agreement: string;
}

/** A line for each that was measured, those of one query together. */
export function linesOf(results: readonly Result[]): readonly Line[] {
  const queries = results.map(({ query }) => query);
  const measured = results
    .filter(({ rounds }) => rounds.length > 0)
    .toSorted((one, other) => queries.indexOf(one.query) - queries.indexOf(other.query));
  return measured.map((result) => {
    const of = (pick: (round: Measured) => number | undefined) =>
      median(result.rounds.map((round) => pick(round) ?? Number.NaN));
    const read = (pick: (round: Measured) => number | undefined) =>
      Number.isNaN(of(pick)) ? undefined : of(pick);
    const ours = measured.find(({ query, router }) => query === result.query && router === OURS);
    const perSecond = of((round) => round.perSecond);
    return {
      query: result.query,
      router: result.router,
      perSecond,
      ratio: perSecond / median(ours?.rounds.map((round) => round.perSecond) ?? []),
      p50: of((round) => round.p50),
      p99: of((round) => round.p99),
      cpuMs: read((round) => round.cpuMs),
      busy: read((round) => round.busy),
      residentMb: read((round) => round.residentMb),
      failures: result.rounds.reduce((sum, { failures }) => sum + failures, 0),
      fetches: result.fetches === undefined ? '' : `${result.fetches} in ${result.steps}`,
      agreement: result.agreement ?? '',
    };
  });
}

const HEADINGS = [
  'query',
  'router',
  '/s',
  'ratio',
  'p50 ms',
  'p99 ms',
  'CPU ms',
  'MB',
  'fetches',
  'response',
];

/** A table for a terminal; below it, what could not be measured. */
export function formatTable(results: readonly Result[]): string {
  const rows = linesOf(results).map((line) => [
    line.query,
    line.router,
    Math.round(line.perSecond).toLocaleString('en'),
    figure(line.ratio, 2),
    figure(line.p50, 2),
    figure(line.p99, 2),
    figure(line.cpuMs, 3),
    figure(line.busy, 2),
    figure(line.residentMb, 0),
    line.fetches,
    [line.agreement, line.failures > 0 ? `${line.failures} failures` : ''].filter(Boolean).join(', '),
  ]);
  const isText = (column: number) => column < 2 || column > 8;
  const skipped = results.flatMap(({ query, router, reason }) =>
    reason === undefined ? [] : `not measured: ${router} on ${query}. ${reason}`,
  );
  return [formatColumns(HEADINGS, rows, isText), ...skipped].join('\n');
}
