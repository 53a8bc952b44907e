import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempFolder, until } from '@airline/testing';
import { onTestFinished, test } from 'vitest';
import { restartable } from './restartable.ts';
import { watchFolders } from './watch-folders.ts';

test('a process restarts when a file of its folder changes, and not for another', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  await Promise.all([mkdir(join(folder.path, 'own')), mkdir(join(folder.path, 'other'))]);
  const log = join(folder.path, 'log');
  const main = join(folder.path, 'main.mjs');
  await writeFile(log, '');
  await writeFile(
    main,
    `import { appendFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(log)}, 'started ');
     process.once('SIGTERM', () => { appendFileSync(${JSON.stringify(log)}, 'stopped '); process.exit(0); });
     setInterval(() => {}, 1000);`,
  );
  const logged = (text: string) => async () => (await readFile(log, 'utf8')) === text;
  const seen: string[] = [];
  const own = restartable({ name: 'own', command: [main], env: process.env, print: () => {} });
  onTestFinished(() => own.stop());
  await until('it has started', logged('started '));

  const watching = watchFolders(folder.path, ['own', 'other'], (path) => {
    seen.push(path);
    if (path.startsWith('own/')) own.restart();
  });
  onTestFinished(watching.close);
  await writeFile(join(folder.path, 'other/a.ts'), '1');
  await until('the other change is seen', () => seen.includes('other/a.ts'));
  await writeFile(join(folder.path, 'own/a.ts'), '1');
  await until('it has started again, in good order', logged('started stopped started '));
});
