import { command } from '@airline/service/server';
import { type Counts, writeReport } from './report.ts';
import { generators, runStep, type Step } from './steps.ts';

command({
  usage: `Usage: npm run check
  Runs the checks beside the tests: types, lint, generated files, migrations and the like. A minute or two.`,
});

/** The checks beside the tests: `npm run check`. */
const steps: readonly Step[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'types of pages', command: ['tsc', '--noEmit', '--project', 'router/web'] },
  {
    name: 'lint and format',
    command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=none', '.'],
    remedy:
      'Run `npm run format`, which makes the safe fixes; the others, such as of a file that is too long, are made by hand.',
  },
  ...generators.map((step) => ({ ...step, command: [...step.command, '--check'] })),
  { name: 'migrations', command: ['infra/system/develop/generate-migrations.ts', '--check'] },
  { name: 'subgraphs', command: ['infra/system/develop/check-subgraphs.ts'] },
  { name: 'licences', command: ['infra/system/develop/check-licences.ts', '--check'] },
];

const counts: Counts = { passed: 0, failed: 0 };
for (const step of steps) counts[(await runStep(step)) ? 'passed' : 'failed'] += 1;
process.stdout.write(`${counts.passed} checks passed, ${counts.failed} failed\n`);
writeReport(process.env.AIRLINE_TEST_REPORT, counts);
process.exitCode = counts.failed === 0 ? 0 : 1;
