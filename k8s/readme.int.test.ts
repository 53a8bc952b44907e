import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './checks/kubectl.ts';
import type { Manifest } from './checks/manifest.ts';
import type { Provided } from './checks/provided.ts';
import { schemaFaults } from './checks/schema.ts';

// What operators copy out of k8s/README.md, and what it tells them to replace.

const folder = join(root, 'k8s');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const readme = read('README.md');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);

test('README has the command of each Secret that has to exist before, with all of its keys', () => {
  const commands = blocks('console').flatMap((text) => text.split(/^\$ /m));
  const created = commands.flatMap((command) => {
    const [, namespace, type, name] = /^kubectl -n (\S+) create secret (\S+) (\S+)/.exec(command) ?? [];
    const keys = [...command.matchAll(/(?:^> |<<<')([A-Z_]+)=/gm)].map(([, key]) => key);
    return name === undefined
      ? []
      : [{ kind: 'Secret', namespace, name, keys: type === 'tls' ? ['tls.crt', 'tls.key'] : keys }];
  });
  const provided: readonly Provided[] = parse(read('provided.yaml'));
  const needed = provided.map(({ for: _, ...object }) => object);
  expect(needed.length).toBeGreaterThan(3);
  expect(created).toEqual(expect.arrayContaining(needed));
  expect(created).toHaveLength(needed.length);
});

/** The forms of what is only an example; of an id its first part. */
const EXAMPLE =
  /(?:[\w-]+\.)*example\.com|github\.com\/example\/\w+|\b(\d)\1{7}-|\b10\.225\.0\.0\/24|[\w-]+\.(?:azurecr\.io|postgres\.database\.azure\.com)/g;
const MANIFESTS = '{base,components,overlays/{aks,mesh}}/**/*.yaml';

test('README names the file of each example that stands in what `aks` and `mesh` deploy', () => {
  const pairs = (text: string, file: string) =>
    (text.match(EXAMPLE) ?? []).map((found) => `${found} in ${file}`);
  const standing = globSync(MANIFESTS, { cwd: folder }).flatMap((file) =>
    pairs(read(file).replaceAll(/^ *#.*$/gm, ''), file),
  );
  const [, table = ''] = /^### Replace these\n(.*?)^#/ms.exec(readme) ?? [];
  const told = table.split('\n').flatMap((row) => {
    const [, example = '', , files = ''] = row.split('|');
    return [...files.matchAll(/\]\((.*?)\)/g)].flatMap(([, file = '']) => pairs(example, file));
  });
  expect(new Set(standing).size).toBeGreaterThan(8);
  expect([...new Set(told)].toSorted()).toEqual([...new Set(standing)].toSorted());
});

test('the authority of a key, as README has it, is one of the policy that the cluster asks', async () => {
  const [variant = ''] = blocks('yaml').filter((text) => text.startsWith('authorities:'));
  const policy: Manifest & { spec: object } = parse(read('overlays/aks/signatures.yaml'));
  expect(parse(variant)).toMatchObject({ authorities: [{ key: { data: expect.any(String) } }] });
  Object.assign(policy.spec, parse(variant));
  expect(await schemaFaults(policy)).toEqual([]);
  Object.assign(policy.spec, parse(variant.replace('data:', 'text:')));
  expect(await schemaFaults(policy)).not.toEqual([]);
});
