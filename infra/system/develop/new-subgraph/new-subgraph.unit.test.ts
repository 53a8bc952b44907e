import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { tempFolder } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createSubgraph, dependentFiles, newSubgraph, portAfter } from './new-subgraph.ts';

/** Copies what changes with the list of subgraphs into the folder. */
function copyDependent(root: string): void {
  for (const file of dependentFiles) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    copyFileSync(join(import.meta.dirname, '../../../..', file), join(root, file));
  }
}

test.each([
  ['Loyalty', /one word of lower-case letters/],
  ['loyalty-points', /one word of lower-case letters/],
  ['../loyalty', /one word of lower-case letters/],
  ['x'.repeat(41), /40 at most/],
  ['flight', /already/],
  ['router', /taken, by the system/],
  ['redis', /taken, by the system/],
  ['operator', /taken, by the system/],
  ['inbox', /taken, by the system/],
  ['class', /taken, by the system or the language/],
  ['tables', /taken, by the template/],
  ['partial', /taken, by the template/],
  ['customer', /taken, by a type or field of the graph/],
  ['flights', /taken, by a type or field of the graph/],
])('refuses the name %s, and writes nothing', async (name, reason) => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const list = join(folder.path, 'schema/subgraphs.ts');
  copyDependent(folder.path);
  writeFileSync(list, '} as const satisfies');
  writeFileSync(
    join(folder.path, 'schema/supergraph.graphql'),
    'type Customer {\n  id: ID!\n}\ntype Query {\n  flights: Int\n}\n',
  );
  expect(() => newSubgraph(folder.path, name)).toThrow(reason);
  expect(readFileSync(list, 'utf8')).toBe('} as const satisfies');
  expect(readdirSync(join(folder.path, 'subgraphs'))).toEqual(['README.md']);
});

test('leaves nothing behind when a later step fails, so that it can be run again', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const before = {
    'schema/subgraphs.ts': '} as const satisfies',
    'schema/supergraph.graphql': '',
    'pnpm-lock.yaml': 'lock',
  };
  copyDependent(folder.path);
  for (const [file, text] of Object.entries(before)) writeFileSync(join(folder.path, file), text);

  const fails = createSubgraph(folder.path, 'example', async (written) => {
    expect(written).toContain('subgraphs/example/src/main.ts');
    for (const file of Object.keys(before)) writeFileSync(join(folder.path, file), 'generated');
    throw new Error('the generator failed');
  });
  await expect(fails).rejects.toThrow('the generator failed');
  expect(existsSync(join(folder.path, 'subgraphs/example'))).toBe(false);
  for (const [file, text] of Object.entries(before))
    expect(readFileSync(join(folder.path, file), 'utf8'), file).toBe(text);
  await createSubgraph(folder.path, 'example', async () => {});
  expect(existsSync(join(folder.path, 'subgraphs/example/src/main.ts'))).toBe(true);
  const text = (file: string) => readFileSync(join(folder.path, file), 'utf8');
  expect(text('k8s/overlays/aks/kustomization.yaml')).toMatch(
    /name: example \}\n.*33333333\d{4}" \}\]'\nconfigMap/,
  );
  expect(text('README.md')).toMatch(
    /router --> .* & example\n[\s\S]*\n {2}example ---.*\n {2}rs -.-> .* & example\n/,
  );
  expect(text('subgraphs/README.md')).toMatch(/\|\n\| \[example\]\(example\/schema.graphql\) \|.*\|\n\n/);
  expect(text('infra/system/delivery/smoke')).toMatch(/ example\(.*\nfi\n/);
  const texts = ['en-names', 'en-connection', 'ko-names', 'ko-connection'];
  for (const file of texts)
    expect(text(`router/web/dashboard/src/texts/${file}.ts`)).toMatch(/^ +example: '/m);
});

test('writes one where another branch has left no more than installed packages', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  copyDependent(folder.path);
  writeFileSync(join(folder.path, 'schema/subgraphs.ts'), '} as const satisfies');
  writeFileSync(join(folder.path, 'schema/supergraph.graphql'), '');
  mkdirSync(join(folder.path, 'subgraphs/example/node_modules'), { recursive: true });
  expect(newSubgraph(folder.path, 'example')).toContain('subgraphs/example/package.json');
  // As after a run that was killed.
  expect(() => newSubgraph(folder.path, 'example')).toThrow(
    /already.* rm -r subgraphs\/example; git restore .*schema\/subgraphs.ts/,
  );
});

test('one that publishes has its event defined, sampled, named and pictured; nothing of it stays after a failure', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  copyDependent(folder.path);
  const text = (file: string) => readFileSync(join(folder.path, file), 'utf8');
  const samples = join(folder.path, 'schema/events/samples');
  cpSync(join(import.meta.dirname, '../../../../schema/events/samples'), samples, { recursive: true });
  const before = readdirSync(samples);
  const fails = createSubgraph(folder.path, 'example', () => Promise.reject(new Error('it')), 'ExampleKept');
  await expect(fails).rejects.toThrow('it');
  expect(readdirSync(samples)).toEqual(before);
  expect(existsSync(join(folder.path, 'schema/events/example.ts'))).toBe(false);
  const { mode } = statSync(join(folder.path, 'infra/system/delivery/smoke'));
  expect(mode & 0o111, 'what is run stays so').not.toBe(0);

  newSubgraph(folder.path, 'example', 'ExampleKept');
  const ids = readdirSync(samples).map((file) => JSON.parse(text(`schema/events/samples/${file}`)).id);
  expect(new Set(ids).size).toBe(before.length + 1);
  expect(text('schema/events/example.ts')).toContain('  ExampleKept: event(1, ');
  expect(text('schema/subgraphs.ts')).toMatch(/example: .* exampleEvents, unhandled: \['ExampleKept'\]/);
  expect(text('README.md')).toMatch(/example_s>"airline:example"\]\n[\s\S]* & example_s\n/);
  expect(text('subgraphs/README.md')).toContain(' | `ExampleKept` |\n');
  for (const language of ['en', 'ko'])
    expect(text(`router/web/dashboard/src/texts/${language}-names.ts`)).toMatch(
      /ExampleKept: 'Example kept',\n\};\n$/,
    );
  expect(text('subgraphs/example/src/domain/model.ts')).toContain("type: 'ExampleKept'");
});

test.each(['pointsEarned', 'points', 'Points-Earned', 'Paid'])(
  'refuses the event %s, and writes nothing',
  async (type) => {
    const folder = await tempFolder();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    copyDependent(folder.path);
    const samples = 'schema/events/samples';
    cpSync(join(import.meta.dirname, '../../../..', samples), join(folder.path, samples), {
      recursive: true,
    });
    expect(() => newSubgraph(folder.path, 'example', type)).toThrow(/no name of an event|already/);
    expect(existsSync(join(folder.path, 'subgraphs/example'))).toBe(false);
  },
);

test('each gets the next port, but none that another process has', () => {
  expect(portAfter([8083, 8085, 8084])).toBe(8086);
  expect(portAfter([8087])).toBe(8089);
  expect(portAfter([8089])).toBe(8091);
});
