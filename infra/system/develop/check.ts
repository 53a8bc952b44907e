import { join } from 'node:path';
import { command } from '@airline/service/server';
import { startChild } from '@airline/testing';
import { type Counts, withoutProgress, writeReport } from './report.ts';

command({
  usage: `Usage: npm run check
  Runs the checks beside the tests: types, lint, generated files, migrations and the like. A minute or two.`,
});

const RUN = join(import.meta.dirname, '../local/run.mjs');

interface Step {
  name: string;
  /** For run.mjs. */
  command: string[];
  /** How to correct a failure, where the command does not report it. */
  remedy?: string;
  /** What it says that is to be read though it is no failure. */
  warns?: RegExp;
}

/** The checks beside the tests: `npm run check`. */
const steps: Step[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'types of pages', command: ['tsc', '--noEmit', '--project', 'router/web'] },
  {
    name: 'lint and format',
    command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=none', '.'],
    remedy: 'Run `npm run format`, which makes the safe fixes.',
  },
  // Before the generated types, as those of the dashboard page are generated from the supergraph.
  { name: 'graph and events', command: ['schema/compose/main.ts', '--check'], warns: /^Dangerous changes/m },
  {
    name: 'generated types',
    command: ['graphql-codegen', '--config', 'schema/codegen/config.ts', '--check'],
    remedy: 'Run `npm run generate` and commit the result.',
  },
  {
    name: 'trusted documents',
    command: ['router/web/trusted-documents.ts', '--check'],
    remedy: 'Run `npm run trusted-documents` and commit the result.',
  },
  { name: 'migrations', command: ['infra/system/develop/generate-migrations.ts', '--check'] },
  { name: 'deployment', command: ['infra/system/develop/generate-deployment.ts', '--check'] },
  { name: 'subgraphs', command: ['infra/system/develop/check-subgraphs.ts'] },
  { name: 'licences', command: ['infra/system/develop/check-licences.ts', '--check'] },
  { name: 'configuration', command: ['infra/system/develop/generate-configuration.ts', '--check'] },
];

const counts: Counts = { passed: 0, failed: 0 };
for (const { name, command, remedy, warns } of steps) {
  process.stdout.write(`${name.padEnd(16)} `);
  const begun = performance.now();
  const child = startChild(process.execPath, [RUN, ...command]);
  const { exit } = await child.ended;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`${exit === 0 ? 'ok    ' : 'FAILED'} ${seconds.padStart(6)} s\n`);
  if (exit === 0) {
    counts.passed += 1;
    if (warns?.test(child.output()))
      process.stdout.write(`\n${withoutProgress(child.output()).trimEnd()}\n\n`);
  } else {
    counts.failed += 1;
    process.stdout.write(
      `\n${withoutProgress(child.output()).trimEnd()}\n(${command.join(' ')} exited with ${exit})\n`,
    );
    process.stdout.write(remedy ? `${remedy}\n\n` : '\n');
  }
}
process.stdout.write(`${counts.passed} checks passed, ${counts.failed} failed\n`);
writeReport(process.env.AIRLINE_TEST_REPORT, counts);
process.exitCode = counts.failed === 0 ? 0 : 1;
