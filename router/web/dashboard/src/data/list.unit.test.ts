import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlightQuery } from './kinds.ts';
import { cheap, listedFlights } from './list.fixture.ts';
import type { List } from './list.ts';

type Step = (flights: ReturnType<typeof listedFlights>) => void;

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
const happenings = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(ids, fc.integer({ min: 1, max: 12 })).map(
        ([id, cost]): Step =>
          ({ change }) =>
            change(id, cost),
      ),
    },
    {
      weight: 8,
      arbitrary: fc.constantFrom<Step>(
        ({ sendPush }) => sendPush(),
        ({ receivePush }) => receivePush(),
        ({ read }) => read(),
        ({ respond }) => respond(),
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Step>(
        ({ list }) => list.more(),
        ({ list }) => list.loader.request(),
        ({ list }) => list.hold(true),
        ({ list }) => list.hold(false),
        ({ list }) => list.showNew(),
        ({ fail }) => fail(),
        ({ wait }) => void wait(),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 4, max: 12 }).map(
        (cost): Step =>
          ({ list }) =>
            list.search(cheap(cost)),
      ),
    },
  ),
  { maxLength: 60 },
);

/** Plays what happens, then lets everything arrive and everybody look away. */
async function play(course: readonly Step[], heard?: (list: List<FlightQuery>) => List<FlightQuery>) {
  const flights = listedFlights(3, cheap(8), heard);
  flights.list.loader.request();
  for (const step of course) {
    step(flights);
    await flights.tick();
  }
  flights.list.hold(false);
  await flights.rest();
  return flights;
}

describe('a list', () => {
  test('ends as the server would show it, whatever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (course) => {
        const { list, shown, expected } = await play(course);
        const { total, hasMore } = list.view.get();
        expect(shown()).toEqual(expected().slice(0, shown().length));
        expect(total).toBe(expected().length);
        if (!hasMore) expect(shown()).toHaveLength(expected().length);
        expect(shown().length).toBeGreaterThanOrEqual(Math.min(1, expected().length));
      }),
      { numRuns: 300 },
    );
  });

  test('control: not where it forgets what came while it read', async () => {
    const deaf = (list: List<FlightQuery>): List<FlightQuery> => ({
      ...list,
      arrived: (origins) => {
        if (list.view.get().total !== undefined) list.arrived(origins);
      },
    });
    const course: Step[] = [
      ({ change }) => change('a', 1),
      ({ read }) => read(),
      ({ change }) => change('b', 2),
      ({ sendPush }) => sendPush(),
      ({ receivePush }) => receivePush(),
      ({ sendPush }) => sendPush(),
      ({ receivePush }) => receivePush(),
      ({ respond }) => respond(),
    ];
    expect((await play(course)).shown()).toEqual(['a', 'b']);
    expect((await play(course, deaf)).shown()).toEqual(['a']);
  });

  test.each<[string, Step[]]>([
    ['while the first ones are read again', [({ list }) => list.loader.request(), ({ list }) => list.more()]],
    ['before they are read again', [({ list }) => list.more(), ({ list }) => list.loader.request()]],
  ])('has the next page that is asked for %s', async (_, asking) => {
    const flights = listedFlights();
    for (const [index, id] of ['a', 'b', 'c', 'd', 'e', 'f', 'g'].entries()) flights.change(id, index + 1);
    flights.list.loader.request();
    await flights.rest();
    expect(flights.shown()).toEqual(['a', 'b', 'c']);
    for (const step of asking) step(flights);
    await flights.rest();
    expect(flights.shown()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  test('has new rows wait while somebody reads, and puts them in where they belong', async () => {
    const flights = listedFlights();
    const { list, change, rest, shown } = flights;
    for (const [id, cost] of [
      ['b', 2],
      ['d', 4],
    ] as const)
      change(id, cost);
    list.loader.request();
    await rest();
    list.hold(true);
    for (const [id, cost] of [
      ['a', 1],
      ['c', 3],
      ['x', 1_000],
    ] as const)
      change(id, cost);
    change('b', 9);
    await rest();
    expect(shown()).toEqual(['b', 'd']);
    expect(list.view.get()).toMatchObject({ waiting: 2, total: 4 });
    list.showNew();
    expect(shown()).toEqual(['a', 'c', 'd', 'b']);
    change('e', 5);
    await rest();
    expect(list.view.get().waiting).toBe(1);
    list.hold(false);
    expect(shown()).toEqual(['a', 'c', 'd', 'e', 'b']);
    expect(list.view.get().waiting).toBe(0);
  });

  test('reads a page at a time, of as many rows as are wanted, and counts by asking for one', async () => {
    const { list, change, rest, asked, read, respond, tick } = listedFlights(3);
    for (const id of ['a', 'b', 'c', 'd', 'e']) change(id, 1);
    list.loader.request();
    list.more();
    expect(asked()).toEqual([{ size: 3, cursor: undefined }]);
    read();
    respond();
    await tick();
    list.more();
    list.more();
    expect(asked()).toEqual([{ size: 3, cursor: '000001 c' }]);
    await rest();
    expect(list.view.get()).toMatchObject({ ids: ['a', 'b', 'c', 'd', 'e'], total: 5, hasMore: false });
    list.more();
    expect(asked()).toEqual([]);
  });

  test('shows what was searched for last, also where it is found first', async () => {
    const { list, change, rest, read, respond, shown, tick } = listedFlights();
    for (const [id, cost] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      change(id, cost);
    list.loader.request();
    await rest();
    list.search(cheap(1));
    list.search(cheap(2));
    expect(list.view.get()).toMatchObject({ isSearching: true, ids: ['a', 'b', 'c'] });
    read();
    read();
    // The older response comes last.
    const older = respond;
    older();
    await tick();
    expect(list.view.get().isSearching).toBe(true);
    respond();
    await tick();
    expect(shown()).toEqual(['a', 'b']);
    expect(list.view.get()).toMatchObject({ isSearching: false, total: 2, query: cheap(2) });
  });

  test('has its rows once it is said to be loaded, before the next frame is drawn', async () => {
    const { list, change, read, respond, tick } = listedFlights(3, cheap(100), undefined, () => {});
    change('a', 1);
    const atReady: unknown[] = [];
    list.loader.state.follow(() => atReady.push(list.loader.state.get().phase, list.view.get().ids));
    list.loader.request();
    read();
    respond();
    await tick();
    expect(atReady).toEqual(['ready', ['a']]);
  });

  test('begins again with its first page where it has become too long, once nobody reads', async () => {
    const { list, change, rest, shown } = listedFlights(50, cheap(10_000));
    list.loader.request();
    await rest();
    list.hold(true);
    for (let cost = 1; cost <= 1_001; cost += 1) change(String(cost), cost);
    await rest();
    expect(shown()).toEqual([]);
    list.hold(false);
    await rest();
    expect(shown()).toHaveLength(50);
    expect(list.view.get()).toMatchObject({ hasMore: true, total: 1_001 });
  });
});
