import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLogger, followLogLevel, type LogLevel } from './index.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'airline-level-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

function recording(level: LogLevel = 'info') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { logger: createLogger({ service: 'flight', level, pretty: false, destination }), lines };
}

async function follow(file: string, pollMs?: number) {
  const { logger, lines } = recording();
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

it('says the level from the start', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'debug\n');
  const { logger } = await follow(file);
  expect(logger.level).toBe('debug');
});

it('changes the level of a logger and of its children while they run', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'info');
  const { logger, lines } = await follow(file);
  const child = logger.child({ part: 'relay' }, { level: 'error' });
  const grandchild = child.child({});
  await writeFile(file, 'DEBUG');
  await eventually('debug', logger);
  expect([child.level, grandchild.level]).toEqual(['debug', 'debug']);
  expect(lines.at(-1)).toMatchObject({ msg: 'the log level was changed' });
});

it('is followed when Kubernetes swaps the folder behind it', async () => {
  const mounted = await folder();
  const publish = async (version: string, level: string) => {
    await mkdir(join(mounted, version));
    await writeFile(join(mounted, version, 'FLIGHT_LOG_LEVEL'), level);
    await symlink(version, join(mounted, '..data_tmp'));
    await rename(join(mounted, '..data_tmp'), join(mounted, '..data'));
  };
  await publish('..2024_1', 'info');
  await symlink(join('..data', 'FLIGHT_LOG_LEVEL'), join(mounted, 'FLIGHT_LOG_LEVEL'));
  // So seldom that it is the swap that is noticed.
  const { logger } = await follow(join(mounted, 'FLIGHT_LOG_LEVEL'), 3_600_000);
  await publish('..2024_2', 'trace');
  await eventually('trace', logger);
});

it('logs what is no level, once, and keeps the level before', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'warn');
  const { logger, lines } = await follow(file, 20);
  await writeFile(file, 'loud');
  const complaints = () => lines.filter(({ level }) => level === 'warn');
  await vi.waitFor(() => expect(complaints()).toHaveLength(1), { timeout: 10_000 });
  expect(complaints()[0]).toMatchObject({ found: 'loud', msg: expect.stringMatching(/use one of .*debug/) });
  expect(logger.level).toBe('warn');
  await writeFile(file, 'debug');
  await eventually('debug', logger);
  expect(complaints()).toHaveLength(1);
});

it('logs a file that is not there, and takes it when it comes', async () => {
  const file = join(await folder(), 'level');
  const { logger, lines } = await follow(file, 20);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 'warn', msg: 'the file of the log level cannot be read' });
  await writeFile(file, 'debug');
  await eventually('debug', logger);
});

it('does not change the level of others, who have their own', async () => {
  const file = join(await folder(), 'level');
  await writeFile(file, 'debug');
  const other = recording('error');
  await follow(file);
  expect(other.logger.level).toBe('error');
});
