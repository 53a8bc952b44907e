import { join } from 'node:path';
import { command, endWithUsage } from '@airline/service/server';
import { type ChildProcess, startChild } from '@airline/testing';
import { install } from '../../local/bootstrap/install.mjs';
import { generators } from '../steps.ts';
import { createSubgraph } from './new-subgraph.ts';

// `npm run new-subgraph -- loyalty`: creates a subgraph that runs.

const USAGE = `Usage: npm run new-subgraph -- NAME [--publishes EVENT]
  NAME is one word of lower-case letters, such as loyalty. Creates subgraphs/NAME, adds it to schema/subgraphs.ts and
  to all else that names each subgraph, and runs the generators that depend on that list.
  EVENT is what it publishes, in the past tense, such as PointsEarned.`;

const root = join(import.meta.dirname, '../../../..');

/** What makes of the list all that derives from it, in order, for run.mjs. */
const derived = [
  ...generators.map((step) => step.command),
  ['infra/system/develop/generate-migrations.ts', 'tables'],
  ['biome', 'check', '--write', 'subgraphs', 'schema', 'router/web/dashboard/src/texts'],
  // A name may be one of the generated types.
  ['tsc', '--noEmit'],
];

let running: ChildProcess | undefined;
let isStopped = false;
/**
 * As a failure does, it ends with all as it was before: once what runs has ended, which would write on. A further signal changes
 * nothing; the handlers stay, since without them it would end the process half-way.
 */
function stop(): void {
  if (isStopped) return;
  isStopped = true;
  process.stderr.write('Stopping: once what runs has ended, all is restored. Further signals are ignored.\n');
  running?.signal('SIGTERM');
}
process.on('SIGINT', stop).on('SIGTERM', stop);

try {
  const { positionals, values } = command({
    usage: USAGE,
    allowPositionals: true,
    options: { publishes: { type: 'string' } },
  });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) endWithUsage('It takes one name.', USAGE);
  const derive = async (written: string[]) => {
    process.stdout.write(`${written.map((file) => `  ${file}`).join('\n')}\n`);
    await install(root, { isChanged: true });
    for (const command of derived) {
      if (isStopped) throw new Error('It was stopped.');
      await using child = startChild(process.execPath, [
        join(root, 'infra/system/local/run.mjs'),
        ...command,
      ]);
      running = child;
      const { exit } = await child.ended;
      if (exit !== 0) throw new Error(`${command.join(' ')} exited with ${exit}:\n${child.output()}`);
    }
  };
  await createSubgraph(root, name, derive, values.publishes);
  process.stdout.write(
    `The subgraph ${name} is ready: \`npm test -- subgraphs/${name}\`, \`npm start\`. .github/CONTRIBUTING.md says how to change\n` +
      'what it holds and handles. In Korean it has its English name: router/web/dashboard/src/texts/ko-names.ts, ko-connection.ts.\n',
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
