import { command } from '@airline/service/server';
import { type GraphName, graphs } from './graphs.fixture.ts';
import { runOracle } from './run.fixture.ts';

// The router's executor against the gateway's: `npm run oracle -- --operations 100000 --seed 1 [--graph shop]`.

/** Operations of one seed; the seeds of a run follow each other. */
const CHUNK = 200;

const { values } = command({
  usage: `Usage: npm run oracle [-- --operations N] [--seed N] [--graph NAME]
  Compares the router's executor with the gateway's, on random operations.`,
  numbers: { operations: [1], seed: [0] },
  options: {
    operations: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    graph: { type: 'string' },
  },
});

const isGraph = (name: string): name is GraphName => name in graphs;
const chosen = Object.keys(graphs)
  .filter(isGraph)
  .filter((name) => values.graph === undefined || name === values.graph);
const counts = new Map<string, number>();
const add = (more: ReadonlyMap<string, number>) => {
  for (const [name, number] of more) counts.set(name, (counts.get(name) ?? 0) + number);
};
const wanted = Number(values.operations);
const begun = performance.now();
let operations = 0;
let answers = 0;
for (let seed = Number(values.seed); operations < wanted && process.exitCode === undefined; seed += 1) {
  for (const graph of chosen) {
    const tally = await runOracle({ graph, seed, operations: Math.min(CHUNK, wanted) });
    operations += tally.operations;
    answers += tally.answers;
    add(tally.known);
    add(new Map([...tally.refused].map(([message, number]) => [`refused: ${message}`, number])));
    if (tally.counterexample !== undefined) {
      process.stdout.write(`${tally.counterexample}\n`);
      process.exitCode = 1;
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  process.stderr.write(
    `seed ${seed}: ${operations} operations, ${answers} answers, ${Math.round(answers / seconds)} a second\n`,
  );
}
process.stdout.write(`${operations} operations, ${answers} answers\n`);
for (const [name, number] of [...counts].sort()) process.stdout.write(`  ${name}: ${number}\n`);
