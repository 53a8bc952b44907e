import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import * as router from '@airline/router';
import { services } from '@airline/schema/events';
import { command } from '@airline/service/server';
import { describeVariables, sharedAndOwn, tableOf, withoutNames, withRegion } from './configuration/table.ts';

const { values } = command({
  usage: `Usage: generate-configuration.ts [--check]
  Writes the tables of environment variables into the READMEs; --check: names those that are stale.`,
  options: { check: { type: 'boolean' } },
});

// Writes the tables of environment variables into the READMEs, from the schemas that parse them; with --check it only
// reports which files are stale.

const root = join(import.meta.dirname, '../../..');
const { check } = values;

const { shared, own } = sharedAndOwn(await loadSubgraphs());
const regions = [
  { file: 'infra/platform/service/README.md', name: 'services', content: tableOf(shared) },
  {
    file: 'subgraphs/README.md',
    name: 'subgraphs',
    content: own.map(({ name, variables }) => `### \`${name}\`\n\n${tableOf(variables)}`).join('\n\n'),
  },
  {
    file: 'router/README.md',
    name: 'router',
    content: tableOf(withoutNames(describeVariables(router.variables), services)),
  },
];

const stale = regions.filter(({ file, name, content }) => {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  const current = withRegion(text, name, content);
  if (current === text) return false;
  if (!check) writeFileSync(path, current);
  return true;
});

if (check && stale.length > 0) {
  process.stderr.write(`Stale: ${stale.map(({ file }) => file).join(', ')}.\n`);
  process.exitCode = 1;
}
