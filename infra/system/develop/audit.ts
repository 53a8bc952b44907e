import { command } from '@airline/service/server';
import { startChild } from '@airline/testing';
import { pnpmOf } from '../local/bootstrap/pnpm.mjs';
import { writeReport } from './report.ts';
import { readAudit } from './supply-chain/advisories.ts';
import { root } from './supply-chain/shipped.ts';

command({
  usage: `Usage: npm run audit
  Looks for severe vulnerabilities in what is shipped.`,
});

// `npm run audit` fails where the registry knows of a severe vulnerability in a package that is not only for development. Where the
// registry serves no advisories, it says so and passes.

const [program, ...args] = pnpmOf(root).command;
await using pnpm = startChild(program, [...args, 'audit', '--prod', '--json'], { cwd: root });
const audit = readAudit((await pnpm.ended).stdout);
const { AIRLINE_TEST_REPORT: report } = process.env;
if (!audit.isServed) {
  process.stdout.write(`Not audited: ${audit.reason}\n`);
  writeReport(report, { passed: 0, failed: 0 });
} else {
  const { severe, others } = audit;
  process.stdout.write(
    [...severe, `${severe.length} severe vulnerabilities, ${others} others`, ''].join('\n'),
  );
  writeReport(report, severe.length > 0 ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 });
  process.exitCode = severe.length > 0 ? 1 : 0;
}
