import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import { DefaultReporter, type TestModule, type TestRunEndReason } from 'vitest/node';
import { type Outcome, outcomeOf } from './outcome.ts';

/**
 * Vitest's own progress and error output, and then one closing summary: the counts, and each skipped test or suite with
 * its reason. With `CI` set a skip fails the run. `AIRLINE_TEST_REPORT` names a file to which the counts are written as
 * JSON: `{"passed": 1, "failed": 0, "skipped": 0}`.
 */
export default class ClosingSummary extends DefaultReporter {
  #outcome: Outcome = { passed: 0, failed: 0, notRun: 0, skipped: 0, skips: [] };

  override onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    // The tests that a name filter excludes count as skipped, and require no reason.
    const isFiltered = this.ctx.config.testNamePattern !== undefined;
    this.#outcome = outcomeOf(modules, errors.length, isFiltered);
    super.onTestRunEnd(modules, errors, reason);

    const { passed, failed, skipped } = this.#outcome;
    if (skipped > 0 && isCi()) process.exitCode = 1;
    const report = process.env.AIRLINE_TEST_REPORT;
    if (report) writeFileSync(report, `${JSON.stringify({ passed, failed, skipped })}\n`);
  }

  /** Replaces vitest's own summary. */
  override reportTestSummary(files: { length: number }): void {
    const { passed, failed, skipped, notRun, skips } = this.#outcome;
    const seconds = Math.round((this.end - this.start) / 1000);

    this.log();
    for (const skip of skips) {
      const size = skip.tests === 1 ? '' : ` (${skip.tests} tests)`;
      this.log(`skipped: ${skip.name}${size}\n         ${skip.reason}`);
    }
    if (skipped > 0 && isCi()) this.log('CI is set, so a skipped test fails the run.');
    const counts = [`${passed} passed`, `${failed} failed`, `${skipped} skipped`];
    if (notRun > 0) counts.push(`${notRun} not run`);
    this.log(`${counts.join(', ')} (${files.length} files, ${seconds} s)`);
  }
}

function isCi(): boolean {
  return !['', 'false', '0'].includes(process.env.CI ?? '');
}
