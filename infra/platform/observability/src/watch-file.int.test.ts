import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { recording } from './recorded-lines.ts';
import { type WatchFileOptions, watchFile } from './watch-file.ts';

/** Longer than any test runs. */
const NEVER_MS = 600_000;

async function emptyFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'airline-watched-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function start(file: string, options: Partial<WatchFileOptions> = {}) {
  const texts: string[] = [];
  const errors: string[] = [];
  const { logger, lines: warnings } = recording();
  const watched = await watchFile({
    file,
    logger,
    changed: (text) => void texts.push(text),
    failed: (error) => void errors.push(String(error)),
    ...options,
  });
  onTestFinished(() => watched.close());
  return { texts, errors, warnings, watched };
}

const eventually = (expectation: () => void) => vi.waitFor(expectation, { timeout: 10_000, interval: 5 });

test('reports the text at the start, and each new one, when the folder reports changes', async () => {
  const file = join(await emptyFolder(), 'text');
  await writeFile(file, 'first');
  const { texts } = await start(file, { pollMs: NEVER_MS });
  expect(texts).toEqual(['first']);
  await writeFile(`${file}.new`, 'second');
  await rename(`${file}.new`, file);
  await eventually(() => expect(texts).toEqual(['first', 'second']));
});

test('reports the text behind a link that a Kubernetes volume swaps', async () => {
  const mounted = await emptyFolder();
  const publish = async (version: string, text: string) => {
    await mkdir(join(mounted, version));
    await writeFile(join(mounted, version, 'text'), text);
    await symlink(version, join(mounted, '..data_tmp'));
    await rename(join(mounted, '..data_tmp'), join(mounted, '..data'));
  };
  await publish('..2024_1', 'first');
  await symlink(join('..data', 'text'), join(mounted, 'text'));
  const { texts } = await start(join(mounted, 'text'), { pollMs: NEVER_MS });
  await publish('..2024_2', 'second');
  await eventually(() => expect(texts).toEqual(['first', 'second']));
});

test('polls where the folder reports no changes', async () => {
  const file = join(await emptyFolder(), 'text');
  await writeFile(file, 'first');
  const { texts } = await start(file, { pollMs: 5, quietMs: NEVER_MS });
  await writeFile(`${file}.new`, 'second');
  await rename(`${file}.new`, file);
  await eventually(() => expect(texts).toEqual(['first', 'second']));
});

test('polls, with a warning, where the folder cannot be watched', async () => {
  const folder = await emptyFolder();
  const file = join(folder, 'later', 'text');
  const { texts, warnings } = await start(file, { pollMs: 5 });
  expect(warnings).toMatchObject([{ level: 'warn', file, msg: 'file cannot be watched; polling it' }]);
  await mkdir(join(folder, 'made'));
  await writeFile(join(folder, 'made', 'text'), 'first');
  await rename(join(folder, 'made'), join(folder, 'later'));
  await eventually(() => expect(texts).toEqual(['first']));
});

test('does not report a text that the caller knows, but what came after it', async () => {
  const file = join(await emptyFolder(), 'text');
  await writeFile(file, 'first');
  expect((await start(file, { known: 'first' })).texts).toEqual([]);
  expect((await start(file, { known: 'older' })).texts).toEqual(['first']);
});

test('reports a failure once while it lasts, and the text once it can be read again, even the same', async () => {
  const file = join(await emptyFolder(), 'text');
  await writeFile(file, 'first');
  const { texts, errors, watched } = await start(file, { pollMs: 5, quietMs: NEVER_MS });
  await rename(file, `${file}.away`);
  await eventually(() => expect(errors).toEqual([expect.stringContaining('ENOENT')]));
  await rename(`${file}.away`, file);
  await eventually(() => expect(texts).toEqual(['first', 'first']));
  expect(errors).toHaveLength(1);
  await watched.close();
  expect(texts).toEqual(['first', 'first']);
});
