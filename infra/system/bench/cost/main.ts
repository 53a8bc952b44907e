import { command } from '@airline/service/server';
import { measureCosts, type Sample } from './measure.ts';

// What operations cost, against what they take: `npm run bench:cost -- --operations 300`.

const { values } = command({
  usage: `Usage: npm run bench:cost [-- --operations N] [--seed N] [--customers N] [--flights N] [--runs N] [--all]
  What operations cost, against what they take. Some minutes.`,
  numbers: { operations: [1], seed: [0], customers: [1], flights: [1], runs: [1] },
  options: {
    operations: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    customers: { type: 'string', default: '100' },
    flights: { type: 'string', default: '100' },
    runs: { type: 'string', default: '5' },
    all: { type: 'boolean', default: false },
  },
});

const samples = await measureCosts({
  operations: Number(values.operations),
  seed: Number(values.seed),
  customers: Number(values.customers),
  flights: Number(values.flights),
  runs: Number(values.runs),
});
const print = (line: string) => void process.stdout.write(`${line}\n`);
if (values.all) for (const sample of samples) print(JSON.stringify(sample));

/** Costs that differ by no more are taken for equal. */
const EQUAL = 1.1;
/** How many times as much as the least of those whose cost is equal the one takes that takes most. */
function ratioOfEqual(within: readonly Sample[], of: (sample: Sample) => number): number {
  const ratios = within.map((sample) => {
    const equal = samples.filter(({ cost }) => cost >= sample.cost && cost <= sample.cost * EQUAL).map(of);
    return Math.max(...equal) / Math.min(...equal);
  });
  return Math.max(...ratios);
}

const row = (label: string, cells: readonly (number | string)[]) => print([label, ...cells].join(' | '));
const head = (of: string) => [`${of}: least`, 'most', 'of equal cost'];
row('cost', ['operations', ...head('ms of CPU'), ...head('bytes')]);
for (let from = 1; from < 1_000_000; from *= 2) {
  const within = samples.filter(({ cost }) => cost >= from && cost < from * 2);
  if (within.length === 0) continue;
  const span = (of: (sample: Sample) => number) => {
    const all = within.map(of);
    return [Math.min(...all), Math.max(...all), ratioOfEqual(within, of)].map((value) => value.toFixed(1));
  };
  row(`${from} to ${from * 2}`, [
    within.length,
    ...span(({ cpuMs }) => cpuMs),
    ...span(({ bytes }) => bytes),
  ]);
}
const worst = (of: (sample: Sample) => number) => samples.toSorted((a, b) => of(b) - of(a))[0];
print(`most CPU: ${JSON.stringify(worst(({ cpuMs }) => cpuMs))}`);
print(`most bytes: ${JSON.stringify(worst(({ bytes }) => bytes))}`);
