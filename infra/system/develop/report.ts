import { writeFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
}

/** Writes the counts in the format of the tests', so that a CI job can add them up; no-op when `path` is undefined. */
export function writeReport(path: string | undefined, { passed, failed }: Counts): void {
  if (path) writeFileSync(path, `${JSON.stringify({ passed, failed, skipped: 0 })}\n`);
}

/** Output without the lines that report a task's start or success, as the code generator prints dozens of. */
export const withoutProgress = (output: string): string => output.replaceAll(/^ *[❯✔] .*\n/gm, '');
