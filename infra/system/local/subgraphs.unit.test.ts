import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tempFolder } from '@airline/testing';
import { expect, test } from 'vitest';
import { loadSubgraph } from './subgraphs.ts';

test('a subgraph with the name of another is named itself, instead of what the other then lacks', async () => {
  await using folder = await tempFolder();
  const source = join(folder.path, 'flight/src');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'main.ts'), "export const subgraph = { name: 'payment' };");
  await expect(loadSubgraph('flight', pathToFileURL(`${folder.path}/`))).rejects.toThrow(
    'subgraphs/flight/src/main.ts says its name is payment: it must be flight.',
  );
});
