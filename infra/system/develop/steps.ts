import { join } from 'node:path';
import { startChild } from '@airline/testing';
import { withoutProgress } from './report.ts';

const RUN = join(import.meta.dirname, '../local/run.mjs');

export interface Step {
  readonly name: string;
  /** For run.mjs. */
  readonly command: readonly string[];
  /** How to correct a failure, where the command does not report it. */
  readonly remedy?: string;
  /** What it says that is to be read though it is no failure. */
  readonly warns?: RegExp;
}

const remedy = 'Run `npm run generate` and commit the result.';

/** What is generated and checked in, in the order of what derives from what. Each command only compares when it is given `--check`. */
export const generators: readonly Step[] = [
  { name: 'graph and events', command: ['schema/compose/main.ts'], warns: /^Dangerous changes/m },
  // After the supergraph, from which the types of the dashboard page are.
  { name: 'generated types', command: ['graphql-codegen', '--config', 'schema/codegen/config.ts'], remedy },
  { name: 'trusted documents', command: ['router/web/trusted-documents.ts'], remedy },
  { name: 'deployment', command: ['infra/system/develop/generate-deployment.ts'], remedy },
  { name: 'configuration', command: ['infra/system/develop/generate-configuration.ts'], remedy },
];

/** Runs it and prints how it went, in a line, with its output where that is to be read; resolves to whether it succeeded. */
export async function runStep({ name, command, remedy, warns }: Step): Promise<boolean> {
  process.stdout.write(`${name.padEnd(17)} `);
  const begun = performance.now();
  await using child = startChild(process.execPath, [RUN, ...command]);
  const { exit } = await child.ended;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`${exit === 0 ? 'ok    ' : 'FAILED'} ${seconds.padStart(6)} s\n`);
  const output = withoutProgress(child.output()).trimEnd();
  if (exit === 0) {
    if (warns?.test(output)) process.stdout.write(`\n${output}\n\n`);
    return true;
  }
  process.stdout.write(`\n${output}\n(${command.join(' ')} exited with ${exit})\n`);
  process.stdout.write(remedy ? `${remedy}\n\n` : '\n');
  return false;
}
