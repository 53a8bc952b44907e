import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import * as router from '@airline/router';
import { services } from '@airline/schema/events';
import { command } from '@airline/service/server';
import { describeVariables, sharedAndOwn, tableOf, withoutNames, withRegion } from './configuration/table.ts';
import { updateGenerated } from './update-generated.ts';

const { values } = command({
  usage: `Usage: generate-configuration.ts [--check]
  Writes the tables of environment variables into the READMEs; --check: names those that are stale.`,
  options: { check: { type: 'boolean' } },
});

const root = join(import.meta.dirname, '../../..');

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

updateGenerated(
  regions.map(({ file, name, content }) => ({
    file,
    text: withRegion(readFileSync(join(root, file), 'utf8'), name, content),
  })),
  values.check,
);
