import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type EventDefinition, event } from '../events/event.ts';
import { services } from '../subgraphs.ts';
import { run } from './run.ts';
import { LINK } from './subgraph.fixture.ts';

const PUBLIC = '@tag(name: "public")';
const FLIGHT = `type Query ${PUBLIC} { flight: Flight } type Flight ${PUBLIC} { id: ID! cost: Int! }`;

const SAMPLE = 'schema/events/samples/GateOpened.v1.json';

let root: string;
let lines: string[];
let events: Record<string, EventDefinition>;

const write = async (file: string, text: string) => {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
};
const writeSubgraph = (name: string, sdl: string) =>
  write(`subgraphs/${name}/schema.graphql`, `${LINK}\n${sdl}\n`);
const git = (...arguments_: string[]) => {
  const identity = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.test',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', [...identity, ...arguments_], { cwd: root, encoding: 'utf8' });
};
const commit = () => {
  git('add', '.');
  git('commit', '--quiet', '--allow-empty', '-m', 'Commit');
};
const print = (line: string) => lines.push(line);
const runWith = (check: boolean, base?: string) => {
  lines = [];
  return run({ root, events, check, print, ...(base !== undefined && { base }) });
};
const compose = (base?: string) => runWith(false, base);
const check = (base?: string) => runWith(true, base);

/** Composes and commits a graph with `Flight.cost`, then composes one without. */
async function removeCost(): Promise<void> {
  await compose();
  commit();
  await writeSubgraph('flight', FLIGHT.replace(' cost: Int!', ''));
  await compose();
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'compose-'));
  lines = [];
  // A git hook that runs the tests sets these, and git would then work on the repository of the hook.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) vi.stubEnv(name, undefined);
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  git('init', '--quiet', '--initial-branch=main');
  await mkdir(path.join(root, 'schema'));
  events = { GateOpened: event(1, 'gateId', { gateId: z.string(), side: z.enum(['LEFT', 'RIGHT']) }) };
  await write(SAMPLE, '{}');
  await writeSubgraph('flight', FLIGHT);
  for (const name of services.filter((each) => each !== 'flight'))
    await writeSubgraph(name, `type Query ${PUBLIC} { ${name}: ID }`);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

describe('run', () => {
  test('writes the supergraph, which then passes the check', async () => {
    expect(await check()).toBe(false);
    expect(await compose()).toBe(true);
    expect(await check()).toBe(true);
    expect(await readFile(path.join(root, 'schema/supergraph.graphql'), 'utf8')).toContain('flight: Flight');
  });

  test('fails the check of a stale file, reports what to run and writes nothing', async () => {
    await compose();
    const before = await readFile(path.join(root, 'schema/supergraph.graphql'), 'utf8');
    await writeSubgraph('flight', `${FLIGHT} type Gate ${PUBLIC} { id: ID! }`);

    expect(await check()).toBe(false);
    expect(lines.join('\n')).toContain('schema/supergraph.graphql is stale: run `npm run compose`');
    expect(await readFile(path.join(root, 'schema/supergraph.graphql'), 'utf8')).toBe(before);
  });

  test('leaves the file alone and names the subgraph when the subgraphs do not compose', async () => {
    await compose();
    await writeSubgraph('payment', 'type Query { flight: Int }');

    expect(await compose()).toBe(false);
    expect(lines.join('\n')).toMatch(/flight:2, payment:2 {2}FIELD_TYPE_MISMATCH/);
    expect(await readFile(path.join(root, 'schema/supergraph.graphql'), 'utf8')).toContain('flight: Flight');
  });

  test('fails the check of a field without a rule of who may see it, names it and says what to do', async () => {
    await writeSubgraph('flight', FLIGHT.replace(`type Flight ${PUBLIC}`, 'type Flight'));

    expect(await compose()).toBe(true);
    expect(lines.join('\n')).toContain('so that `npm run check` fails');
    expect(await check()).toBe(false);
    expect(lines.join('\n')).toContain(
      'flight:2  Flight.cost\n    There is no rule of who may see it. Give the',
    );
  });

  test('reports that there is no earlier supergraph to compare with', async () => {
    await compose();
    expect(await check()).toBe(true);
    expect(lines.join('\n')).toContain('Breaking changes were not looked for: no earlier commit');

    commit();
    commit();
    await rm(path.join(root, 'schema/supergraph.graphql'));
    commit();
    await compose();
    expect(await check('HEAD')).toBe(true);
    expect(lines.join('\n')).toContain(
      'Breaking changes were not looked for: schema/supergraph.graphql is not in',
    );
  });

  test('refuses a base that is no commit', async () => {
    await compose();
    await expect(check('nowhere')).rejects.toThrow('--base nowhere: no such commit');
  });

  test('catches a breaking change until it is declared', async () => {
    await removeCost();

    expect(await check('HEAD')).toBe(false);
    expect(lines.join('\n')).toContain('Flight.cost  FIELD_REMOVED');

    const declaration = { path: 'Flight.cost', type: 'FIELD_REMOVED', reason: 'Nobody reads it.' };
    await write('schema/breaking-changes.json', JSON.stringify([declaration]));
    expect(await check('HEAD')).toBe(true);
    expect(lines.join('\n')).toContain('Reason: Nobody reads it.');
  });

  test('writes a breaking change, and reports that the check fails', async () => {
    await removeCost();

    expect(await compose('HEAD')).toBe(true);
    expect(lines.join('\n')).toContain('so that `npm run check` fails');
  });

  test('reports declarations that match no change in one line, and none against the parent of HEAD', async () => {
    const declaration = { path: 'Flight.cost', type: 'FIELD_REMOVED', reason: 'Nobody reads it.' };
    await removeCost();
    await write('schema/breaking-changes.json', JSON.stringify([declaration]));
    commit();
    commit();
    const stale = 'Remove from schema/breaking-changes.json';

    expect(await check()).toBe(true);
    expect(lines.filter((line) => line.startsWith(stale))).toEqual([]);
    expect(await check('HEAD')).toBe(true);
    expect(lines.filter((line) => line.startsWith(stale))).toEqual([
      expect.stringMatching(/since \w+: Flight\.cost\.$/),
    ]);
  });

  test('compares with the parent of HEAD when there is no origin/main', async () => {
    await removeCost();
    commit();

    expect(await check()).toBe(false);
    commit();
    expect(await check()).toBe(true);
  });

  test('compares with the merge base of a branch, however many commits it has', async () => {
    await removeCost();
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    commit();
    commit();

    expect(await check()).toBe(false);
  });

  test('compares origin/main itself with its parent, since with itself it never differs', async () => {
    await removeCost();
    commit();
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');

    expect(await check()).toBe(false);
  });

  describe('of events', () => {
    const opened = (version: number, shape: z.ZodRawShape, upcasters: EventDefinition['upcasters'] = {}) => {
      events = { GateOpened: event(version, 'gateId', { gateId: z.string(), ...shape }, upcasters) };
    };
    const side = z.enum(['LEFT', 'RIGHT']);

    beforeEach(async () => {
      await compose();
      commit();
    });

    test('fails the check of stale schemas', async () => {
      opened(1, { side, floor: z.int().optional() });

      expect(await check('HEAD')).toBe(false);
      expect(lines).toContain('schema/events.json is stale: run `npm run compose` and commit it.');
    });

    test('catches a breaking change until it is declared', async () => {
      opened(1, { side, floor: z.int() });
      await compose();

      expect(await check('HEAD')).toBe(false);
      expect(lines.join('\n')).toContain('GateOpened.floor  EVENT_FIELD_REQUIRED');

      const declaration = {
        path: 'GateOpened.floor',
        type: 'EVENT_FIELD_REQUIRED',
        reason: 'Never published.',
      };
      await write('schema/breaking-changes.json', JSON.stringify([declaration]));
      expect(await check('HEAD')).toBe(true);
    });

    test('accepts a new version with a sample of its own and an upcaster', async () => {
      opened(2, { floor: z.int() });
      await compose();

      expect(await check('HEAD')).toBe(false);
      expect(lines.join('\n')).toContain('GateOpened has version 2, but no upcaster from version 1.');
      expect(lines.join('\n')).toContain('schema/events/samples/GateOpened.v2.json is missing');

      opened(2, { floor: z.int() }, { 1: (data) => ({ ...data, floor: 0 }) });
      await write('schema/events/samples/GateOpened.v2.json', '{}');
      expect(await check('HEAD')).toBe(true);
    });

    test('refuses a sample that is changed, and one that is removed', async () => {
      await write(SAMPLE, '{ "changed": true }');
      expect(await check('HEAD')).toBe(false);
      expect(lines.join('\n')).toContain(`${SAMPLE}  EVENT_SAMPLE_CHANGED`);

      await rm(path.join(root, SAMPLE));
      expect(await check('HEAD')).toBe(false);
      expect(lines.join('\n')).toContain(`${SAMPLE}  EVENT_SAMPLE_REMOVED`);
    });
  });
});
