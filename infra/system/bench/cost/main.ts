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
    runs: { type: 'string', default: '3' },
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

const row = (label: string, cells: readonly (number | string)[]) => print([label, ...cells].join(' | '));
row('cost', ['operations', 'ms of CPU: least', 'most', 'ratio', 'bytes: least', 'most', 'ratio']);
for (let from = 1; from < 1_000_000; from *= 2) {
  const within = samples.filter(({ cost }) => cost >= from && cost < from * 2);
  if (within.length === 0) continue;
  const span = (of: (sample: Sample) => number) => {
    const sorted = within.map(of).sort((a, b) => a - b);
    const [least = 0] = sorted;
    const most = sorted.at(-1) ?? 0;
    return [least.toFixed(1), most.toFixed(1), (most / least).toFixed(1)];
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
