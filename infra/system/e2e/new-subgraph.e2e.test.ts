import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { anyPorts, type ChildProcess, request, startChild, tempFolder, until } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { dependentFiles } from '../develop/new-subgraph/new-subgraph.ts';
import { bookingAt } from './booking.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Installing, checking and starting a whole repository takes its time, and more of it beside other tests. */
const timeout = 600_000;

/** A copy of the sources as they are, committed, so that git reports what changes. */
async function copyOfRepository(): Promise<string> {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  for (const file of execFileSync('git', listing, { cwd: ROOT }).toString().split('\0')) {
    if (file === '' || !existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(folder.path, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder.path, file));
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder.path });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message=copy');
  return folder.path;
}

test('npm run new-subgraph makes one that passes all checks and is served in the graph', {
  timeout,
}, async () => {
  const root = await copyOfRepository();
  const run = (
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): ChildProcess =>
    startChild(process.execPath, [join(root, file), ...args], {
      cwd: root,
      // What it compiles goes with the copy.
      env: { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache/node'), ...env },
    });
  const succeeds = async (...args: string[]) => {
    await using child = run('infra/system/local/run.mjs', args);
    const { exit } = await child.ended;
    expect(exit, child.output()).toBe(0);
  };

  const create = ['infra/system/develop/new-subgraph/main.ts', 'example'] as const;
  const changed = () => execFileSync('git', ['status', '--short'], { cwd: root, encoding: 'utf8' });
  await using stopped = run('infra/system/local/run.mjs', create);
  await stopped.printed(/schema\/subgraphs.ts/, timeout);
  stopped.signal('SIGTERM');
  stopped.signal('SIGINT');
  expect(await stopped.ended).toMatchObject({ exit: 1, stderr: expect.stringContaining('as it was before') });
  expect(stopped.output().match(/^Stopping/gm), 'a further signal is ignored').toHaveLength(1);
  expect(changed()).toBe('');

  await succeeds(...create);
  const events = 'schema/events.json';
  expect(changed().trimEnd().split('\n')).toEqual([
    ...dependentFiles.filter((file) => file !== events).map((file) => ` M ${file}`),
    '?? subgraphs/example/',
  ]);
  await succeeds('infra/system/develop/new-subgraph/main.ts', 'extra', '--publishes', 'ExtraKept');
  expect(changed().trimEnd().split('\n')).toEqual([
    ...dependentFiles.map((file) => ` M ${file}`),
    '?? schema/events/extra.ts',
    '?? schema/events/samples/ExtraKept.v1.json',
    '?? subgraphs/example/',
    '?? subgraphs/extra/',
  ]);
  await succeeds('infra/system/develop/check.ts');
  // What else an event is asked for, and where a service is named.
  const asked = ['policies', 'event-samples', 'documents', 'ownership/permitted'].map(
    (file) => `infra/system/e2e/${file}`,
  );
  await succeeds(
    'vitest',
    'run',
    'subgraphs/example',
    'subgraphs/extra',
    'router/web/dashboard/src/texts',
    ...asked,
  );

  await using system = run('infra/system/local/start.ts', [], {
    ...anyPorts,
    EXAMPLE_PORT: '0',
    EXTRA_PORT: '0',
    DATA_DIR: join(root, '.data'),
    DASHBOARD_PAGE: 'false',
    PLAYGROUND: 'false',
  });
  const [, url = ''] = await system.printed(/^router +(\S+)$/m, timeout);
  const booking = bookingAt(url);
  const flightId = await booking.registerFlight(5);
  await booking.place({ customerId: '1', flightId, seatQty: 3, reserveDate: '2024-11-21' });
  await until('the new subgraph has the reservation', async () => {
    const { customer } = await request<{ customer: { example: { reservation: { status: string } } | null } }>(
      url,
      '{ customer(id: "1") { example { reservation { status } } } }',
    );
    return customer.example?.reservation.status === 'SUCCEED';
  });
});
