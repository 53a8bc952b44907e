import { globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const OWN = /\.(test|fixture|contract)\.ts$/;

/** A room is a folder of these; the files beside the rooms, which they share or which put them together, are none. */
const HOUSES = globSync(['router/src', 'infra/platform/*/src', 'router/web/*/src'], { cwd: ROOT });

/** By room, the rooms that its files import, each with a file that does. */
type Doors = ReadonlyMap<string, ReadonlyMap<string, string>>;

function doorsOf(house: string): Doors {
  const folder = join(ROOT, house);
  const doors = new Map<string, Map<string, string>>();
  for (const file of globSync('*/**/*.{ts,tsx}', { cwd: folder, exclude: (path) => OWN.test(path) })) {
    const room = roomOf(file) ?? '';
    const source = readFileSync(join(folder, file), 'utf8');
    for (const [, path = ''] of source.matchAll(/ from '(\.[^']+)'/g)) {
      const other = roomOf(relative(folder, join(folder, file, '..', path)));
      if (other === undefined || other === room) continue;
      doors.set(room, (doors.get(room) ?? new Map<string, string>()).set(other, file));
    }
  }
  return doors;
}

/** Undefined for a file beside the rooms, and outside of the house. */
function roomOf(path: string): string | undefined {
  const [room, ...rest] = path.split(sep);
  return room === '..' || rest.length === 0 ? undefined : room;
}

/** The ways from a room back to itself: `http → admission (http/server.ts) → http (admission/connections.ts)`. */
function circles(doors: Doors): string[] {
  const found = new Map<string, string>();
  const walk = (start: string, room: string, way: readonly string[], seen: ReadonlySet<string>) => {
    for (const [other, file] of doors.get(room) ?? []) {
      const further = [...way, `${other} (${file})`];
      const rooms = [...seen].toSorted().join(' ');
      if (other === start) found.set(rooms, [start, ...further].join(' → '));
      else if (!seen.has(other)) walk(start, other, further, new Set([...seen, other]));
    }
  };
  for (const room of doors.keys()) walk(room, room, [], new Set([room]));
  return [...found.values()];
}

test.each(HOUSES)('the rooms of %s import one way', (house) => {
  expect(circles(doorsOf(house))).toEqual([]);
});

test('control: rooms are found, and a circle of them', () => {
  expect(HOUSES.length).toBeGreaterThan(5);
  expect(doorsOf('router/src').get('pipeline')?.has('executor')).toBe(true);
  const doors = new Map([
    ['a', new Map([['b', 'a/1.ts']])],
    ['b', new Map([['c', 'b/2.ts']])],
    ['c', new Map([['a', 'c/3.ts']])],
  ]);
  expect(circles(doors)).toHaveLength(1);
});
