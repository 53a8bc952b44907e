import { cpus } from 'node:os';
import { readOptions } from './options.ts';
import { Processes } from './processes.ts';
import { run } from './run.ts';
import { formatTable, linesOf } from './table.ts';

// This project's router beside others: `npm run bench:router -- --rounds 3 --seconds 4`. The README beside it has the options.

const log = (line: string) => void process.stderr.write(`${line}\n`);
await using processes = new Processes();

let stoppedBy: number | undefined;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  // A second one ends it at once.
  process.once(signal, () => {
    log('Stopping the routers…');
    stoppedBy = code;
    // What is being measured fails then.
    void processes[Symbol.asyncDispose]();
  });
}

try {
  const options = readOptions(process.argv.slice(2), log);
  const results = await run(options, processes, log);
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: options.cores,
    delayMs: options.delayMs,
  };
  const text = options.isJson
    ? JSON.stringify({ machine, lines: linesOf(results), results }, undefined, 2)
    : formatTable(results);
  if (stoppedBy === undefined) process.stdout.write(`${text}\n`);
} catch (error) {
  if (stoppedBy === undefined) log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
process.exitCode = stoppedBy ?? process.exitCode;
