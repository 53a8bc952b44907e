import { globSync } from 'node:fs';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { expect, test } from 'vitest';

const subgraphs = await loadSubgraphs();

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
