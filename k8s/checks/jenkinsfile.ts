import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, readGroovy } from './groovy.ts';
import { root } from './kubectl.ts';

// https://www.jenkins.io/doc/book/pipeline/syntax/
const OF_PIPELINE = [
  'agent',
  'options',
  'parameters',
  'environment',
  'triggers',
  'tools',
  'libraries',
  'stages',
  'post',
];
const OF_STAGE = [
  'agent',
  'options',
  'environment',
  'tools',
  'input',
  'when',
  'steps',
  'stages',
  'parallel',
  'matrix',
  'post',
];
const CONDITIONS = [
  'always',
  'changed',
  'fixed',
  'regression',
  'aborted',
  'failure',
  'success',
  'unstable',
  'unsuccessful',
  'cleanup',
];
const WORK = ['steps', 'stages', 'parallel', 'matrix'];

/** The scripts of delivery, in the order in which they have to be run. */
export const deliveryScripts = [
  'build-images',
  'push-images',
  'release',
  'deploy',
  'smoke',
  'roll-back',
  'clean-up',
] as const;

/**
 * What is wrong with a declarative Jenkinsfile: its syntax, sections that Jenkins does not know or misses, steps of delivery that
 * are missing or out of order, missing scripts, and passwords in Groovy's strings, which end up in logs. Jenkins' own
 * linter needs a Jenkins, npm-groovy-lint a Java of 200 MB; this needs neither.
 */
export async function jenkinsfileFaults(text: string): Promise<string[]> {
  const { faults, calls } = await readGroovy(text);
  if (faults.length > 0) return faults;
  const [pipeline, ...others] = calls;
  if (pipeline?.name !== 'pipeline' || others.length > 0) return ['line 1: it should be one pipeline { … }'];
  const sections = pipeline.body ?? [];
  const missing = ['agent', 'stages', 'post'].filter(
    (name) => !sections.some((section) => section.name === name),
  );
  const shell = every(pipeline).filter(({ name }) => name === 'sh');
  return [
    ...missing.map((name) => `line ${pipeline.line}: the pipeline has no ${name}`),
    ...sections.flatMap((section) => unknown(section, OF_PIPELINE, 'a pipeline')),
    ...every(pipeline)
      .filter(({ name }) => name === 'stage')
      .flatMap(stageFaults),
    ...every(pipeline)
      .filter(({ name }) => name === 'post')
      .flatMap(({ body = [] }) => body.flatMap((one) => unknown(one, CONDITIONS, 'post'))),
    ...(every(pipeline).some(({ name }) => name === 'timeout')
      ? []
      : [`line ${pipeline.line}: the pipeline has no timeout`]),
    ...shell.flatMap(shellFaults),
    ...orderFaults(shell.map(({ args }) => args.join(' '))),
  ];
}

function every(call: Call): Call[] {
  return [call, ...(call.body ?? []).flatMap(every)];
}

function unknown({ name, line }: Call, known: readonly string[], where: string): string[] {
  return known.includes(name) ? [] : [`line ${line}: ${where} has no section ${name}`];
}

function stageFaults(stage: Call): string[] {
  const { body = [], line, args } = stage;
  const work = body.filter(({ name }) => WORK.includes(name));
  const named = /^'.+'$/.test(args[0] ?? '') ? [] : [`line ${line}: a stage has no name`];
  const single = work.length === 1 ? [] : [`line ${line}: a stage has one of ${WORK.join(', ')}`];
  return [...named, ...single, ...body.flatMap((section) => unknown(section, OF_STAGE, 'a stage'))];
}

function shellFaults({ args, line }: Call): string[] {
  const [script = ''] = args;
  if (script.startsWith('"'))
    return [`line ${line}: Groovy would interpolate this text, and the log would show it: use single quotes`];
  const faults = [...script.matchAll(/(?:infra|\.ci)\/[\w./-]+/g)]
    .filter(([file]) => !existsSync(join(root, file)))
    .map(([file]) => `line ${line}: there is no ${file}`);
  if (/--password[ =](?!-stdin|"\$)/.test(script))
    faults.push(`line ${line}: a password is written here; take it from credentials, by id`);
  return faults;
}

/** The scripts of delivery in what a pipeline runs, in its order: one that is missing, or comes before one that it needs. */
export function orderFaults(commands: readonly string[]): string[] {
  const text = commands.join('\n');
  let from = 0;
  for (const script of ['.ci/run', ...deliveryScripts]) {
    const path = script.includes('/') ? script : `infra/system/delivery/${script}`;
    const at = text.indexOf(path, from);
    if (at === -1) return [text.includes(path) ? `${script} comes too early` : `nothing runs ${script}`];
    from = at;
  }
  return [];
}
