import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { decode, policyOf } from '@airline/messaging';
import { scenarios } from '@airline/testing/scenario';
import { expect, test } from 'vitest';

const subgraphs = await loadSubgraphs();

const SAMPLES = join(import.meta.dirname, '../../../schema/events/samples');
const samples = readdirSync(SAMPLES)
  .map((file) => decode(readFileSync(join(SAMPLES, file), 'utf8')))
  .toSorted((a, b) => (a.time < b.time ? -1 : 1));

test.each(subgraphs)(
  'every policy of $name is registered, since no event reaches another',
  async (subgraph) => {
    const folder = join(import.meta.dirname, '../../../subgraphs', subgraph.name, 'src/policies');
    const files = globSync('when-*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
    const registered = new Set<unknown>(Object.values(subgraph.policies));
    const modules = await Promise.all(files.map((file) => import(join(folder, file))));
    const unregistered = files.filter(
      (_, index) => !Object.values(modules[index]).some((exported) => registered.has(exported)),
    );
    expect(files).not.toEqual([]);
    expect(unregistered).toEqual([]);
  },
);

test.each(subgraphs)(
  'every policy of $name changes nothing when its event comes again, since the inbox forgets',
  ({ tables, policies }) => {
    const { given } = scenarios(tables);
    const reactions = samples.flatMap((event) => policyOf(policies, event)?.(event) ?? []);
    expect(reactions).not.toEqual([]);
    const before = given().when(...reactions);
    for (const reaction of reactions) {
      const again = given(before.rows).when(reaction);
      expect(again.rows).toEqual(before.rows);
      again.thenPublished();
    }
  },
);
