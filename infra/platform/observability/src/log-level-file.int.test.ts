import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { followLogLevel, type LogLevel } from './index.ts';
import { recording } from './recorded-lines.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'airline-level-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

async function follow(file: string, pollMs?: number) {
  const { logger, lines } = recording('info');
  const following = await followLogLevel({
    file,
    loggers: [logger],
    ...(pollMs !== undefined && { pollMs }),
  });
  onTestFinished(() => following.close());
  return { logger, lines };
}

const eventually = (level: LogLevel, logger: { level: string }) =>
  vi.waitFor(() => expect(logger.level).toBe(level), { timeout: 10_000, interval: 10 });

test('says the level from the start', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'debug\n');
  const { logger } = await follow(file);
  expect(logger.level).toBe('debug');
});

test('changes the level of a logger and of its children while they run', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'info');
  const { logger, lines } = await follow(file);
  const child = logger.child({ part: 'relay' }, { level: 'error' });
  const grandchild = child.child({});
  await writeFile(file, 'DEBUG');
  await eventually('debug', logger);
  expect([child.level, grandchild.level]).toEqual(['debug', 'debug']);
  expect(lines.at(-1)).toMatchObject({ msg: 'log level changed' });
});

test('logs what is no level, once, and keeps the level before', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'warn');
  const { logger, lines } = await follow(file, 20);
  await writeFile(file, 'loud');
  const complaints = () => lines.filter(({ level }) => level === 'warn');
  await vi.waitFor(() => expect(complaints()).toHaveLength(1), { timeout: 10_000 });
  expect(complaints()[0]).toMatchObject({
    found: 'loud',
    known: expect.arrayContaining(['debug']),
    msg: 'unknown log level in the file',
  });
  expect(logger.level).toBe('warn');
  await writeFile(file, 'debug');
  await eventually('debug', logger);
  expect(complaints()).toHaveLength(1);
});

test('logs a missing file, and reads it once it exists', async () => {
  const file = join(await folder(), 'level');
  const { logger, lines } = await follow(file, 20);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 'warn', msg: 'log level file cannot be read' });
  await writeFile(file, 'debug');
  await eventually('debug', logger);
});

test('does not change the level of others, who have their own', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'debug');
  const other = recording('error');
  await follow(file);
  expect(other.logger.level).toBe('error');
});
