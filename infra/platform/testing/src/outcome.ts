import type { TestCase, TestModule, TestSuite } from 'vitest/node';

export interface Skip {
  /** File, suites and test, or only down to the suite that is skipped as a whole. */
  readonly name: string;
  readonly tests: number;
  readonly reason: string;
}

/** The counts of a test run. */
export interface Outcome {
  passed: number;
  /** Tests, and also files, suites and hooks that failed outside a test. */
  failed: number;
  /** Tests that did not run, because of a failure around them or the end of the run. */
  notRun: number;
  skipped: number;
  skips: Skip[];
}

/**
 * @param looseErrors errors that belong to no test, such as unhandled rejections
 * @param isFiltered whether a name filter excludes tests; then only skips with a reason are reported
 */
export function outcomeOf(modules: readonly TestModule[], looseErrors: number, isFiltered: boolean): Outcome {
  const outcome: Outcome = { passed: 0, failed: looseErrors, notRun: 0, skipped: 0, skips: [] };
  const skip = (name: string, tests: number, reason: string): void => {
    outcome.skipped += tests;
    outcome.skips.push({ name, tests, reason });
  };
  const count = (group: TestModule | TestSuite, name: string, isBroken: boolean): void => {
    const hasErrors = group.errors().length > 0;
    if (hasErrors) outcome.failed += 1;
    const tests = [...group.children.allTests()];
    const reason = group.type === 'suite' ? group.meta().skipReason : undefined;
    if (reason !== undefined && tests.length > 0) {
      skip(name, tests.length, reason);
      return;
    }
    for (const child of group.children) {
      const childName = `${name} > ${child.name}`;
      if (child.type === 'suite') count(child, childName, isBroken || hasErrors);
      else countTest(child, childName, isBroken || hasErrors);
    }
  };
  const countTest = (test: TestCase, name: string, isBroken: boolean): void => {
    const result = test.result();
    if (result.state === 'passed') outcome.passed += 1;
    else if (result.state === 'failed') outcome.failed += 1;
    else if (result.state === 'pending' || isBroken) outcome.notRun += 1;
    else {
      const reason = test.meta().skipReason ?? result.note;
      if (reason !== undefined) skip(name, 1, reason);
      else if (!isFiltered) skip(name, 1, 'no reason is given');
    }
  };
  for (const module of modules) count(module, module.relativeModuleId, false);
  return outcome;
}
