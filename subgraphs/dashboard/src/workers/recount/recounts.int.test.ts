import { describe, expect, test } from 'vitest';
import { info } from '../../dashboard.fixture.ts';
import { rebuild, startWorld } from './recounts.fixture.ts';

const HOUR_MS = 60 * 60 * 1000;

/** For a log of which nothing is kept. */
const SILENT = { silenceMs: 20 };

/** Two reservations of c1, one of them canceled, and one of c2. */
async function threeReservations(world: ReturnType<typeof startWorld>) {
  await world.place('r1', 'c1', '2024-11-21');
  await world.place('r2', 'c1', '2024-12-25');
  await world.place('r3', 'c2', '2024-11-23');
  await world.cancel('r2');
}

const RIGHT = ['c1 2 1 2024-12-25', 'c2 1 0 2024-11-23'];

describe('a recount', () => {
  test('corrects rows that are wrong, makes those that are missing, and zeroes those of nobody', async () => {
    const world = startWorld();
    await threeReservations(world);
    await world.handle(1);
    expect(await world.counts()).toEqual(RIGHT);
    expect(await rebuild(world)).toBe(0);
    await world.corrupt(info(7, '2025-01-01', 0, 1));
    await world.corrupt({ ...info(3, '2025-01-01', 3, 1), customerId: 'nobody' });
    expect(await rebuild(world)).toBe(2);
    expect(await world.counts()).toEqual([...RIGHT, 'nobody 0 0 null']);
    expect(await rebuild(world)).toBe(0);
  });

  test('handles what the inbox does not know, as after a loss of the database, and nothing twice', async () => {
    const world = startWorld();
    await threeReservations(world);
    await world.handle(1, 1);
    expect(await rebuild(world)).toBe(0);
    expect(await world.counts()).toEqual(RIGHT);
    await world.handle(1);
    expect(await world.counts()).toEqual(RIGHT);
  });

  test('does not count a dead letter, which counts itself when it is replayed', async () => {
    const world = startWorld();
    await threeReservations(world);
    const { seq, event } = await world.entry(2);
    const letter = {
      ...{ consumer: 'dashboard', eventId: JSON.parse(event).id, stream: 'airline:reservation' },
      ...{ seq, event, error: 'no', deliveries: 5, diedAt: '2024-11-21T10:00:00.000Z' },
    };
    await world.store.deadLetters.add(letter);
    await world.handle(1);
    await world.corrupt(info(9, '2025-01-01', 9, 1));
    expect(await rebuild(world)).toBe(1);
    expect(await world.counts()).toEqual(['c1 1 1 2024-11-21', 'c2 1 0 2024-11-23']);

    // The same of one to which the log no longer reaches back.
    world.clock.at = new Date(world.clock.at.getTime() + 48 * HOUR_MS);
    await world.trim(4);
    await world.corrupt(info(9, '2025-01-01', 9, 1));
    expect(await rebuild(world, [world.startReplica(SILENT), world.startReplica(SILENT)])).toBe(1);
    expect(await world.counts()).toEqual(['c1 1 1 2024-11-21', 'c2 1 0 2024-11-23']);
  });

  test('counts what the log no longer tells by the reservations themselves', async () => {
    const world = startWorld();
    await threeReservations(world);
    await world.handle(1);
    const { recounts } = world;
    expect(await rebuild(world)).toBe(0);

    world.clock.at = new Date(world.clock.at.getTime() + 48 * HOUR_MS);
    await world.place('r4', 'c2', '2025-01-01');
    await world.cancel('r1');
    await world.trim(2);
    await world.handle(5);
    const later = ['c1 2 2 2024-12-25', 'c2 2 0 2025-01-01'];
    for (const trimmed of [2, 4]) {
      await world.trim(trimmed);
      await world.corrupt(info(0, null, 0, 1));
      expect(await rebuild(world, [world.startReplica(), world.startReplica()])).toBe(1);
      expect(await world.counts()).toEqual(later);
    }
    // One that has read the log when more of it was there sees the same.
    await world.corrupt(info(0, null, 0, 1));
    expect(await rebuild(world, [world.startReplica(), recounts])).toBe(1);
    expect(await world.counts()).toEqual(later);

    world.clock.at = new Date(world.clock.at.getTime() + 48 * HOUR_MS);
    await world.trim(6);
    await world.corrupt(info(0, null, 0, 1));
    expect(await rebuild(world, [world.startReplica(SILENT), world.startReplica(SILENT)])).toBe(1);
    expect(await world.counts()).toEqual(later);
  });

  test('is right whatever is booked and handled while it runs', async () => {
    const world = startWorld();
    const customers = ['c1', 'c2', 'c3'];
    const book = async (from: number, to: number) => {
      for (let number = from; number <= to; number += 1) {
        const customer = customers[number % 3] as string;
        await world.place(`r${number}`, customer, `2024-11-${10 + (number % 15)}`);
        if (number % 4 === 0) await world.cancel(`r${number}`);
        if (number % 2 === 0) await world.handle(1);
      }
    };
    await book(1, 30);
    for (const customerId of customers) await world.corrupt({ ...info(77, '2025-01-01', 5, 1), customerId });
    const booking = book(31, 90);
    const others = [world.startReplica(), world.startReplica()] as const;
    const corrected = await Promise.all([rebuild(world), rebuild(world, [...others])]);
    await booking;
    await world.handle(1);
    expect(corrected[0] + corrected[1]).toBe(3);
    const right = customers.map((customerId) => {
      const own = world.told().filter((each) => each.customerId === customerId);
      const dates = own.map(({ reserveDate }) => reserveDate).toSorted();
      const canceled = own.filter(({ canceledAt }) => canceledAt !== null).length;
      return `${customerId} ${own.length} ${canceled} ${dates.at(-1)}`;
    });
    expect(await world.counts()).toEqual(right);
  });

  test('control: what is written from the reservations without regard to events ends wrong', async () => {
    const world = startWorld();
    await world.place('r1', 'c1', '2024-11-21');
    await world.corrupt({ ...info(world.told().length, '2024-11-21', 0, 1), customerId: 'c1' });
    await world.handle(1);
    expect(await world.counts()).toEqual(['c1 2 0 2024-11-21']);
  });
});

describe('a recount is refused', () => {
  const again = (message: RegExp) => ({
    message: expect.stringMatching(message),
    extensions: { code: 'TRY_AGAIN_LATER' },
  });

  test('while events do not get through', async () => {
    const world = startWorld({ lastError: () => 'connect ECONNREFUSED 10.0.0.7:6379' });
    await expect(rebuild(world)).rejects.toMatchObject(again(/^Events do not get through/));
  });

  test('while the log does not answer, and not for good', async () => {
    const world = startWorld({ waitMs: 20 });
    await world.relay.close();
    await expect(rebuild(world)).rejects.toMatchObject(again(/does not answer/));
  });

  test('while the log lacks what has just been committed', async () => {
    const world = startWorld({ waitMs: 20 });
    await world.place('r1', 'c1', '2024-11-21');
    const placedAt = world.clock.at.toISOString();
    world.tell({ id: 'r2', customerId: 'c1', reserveDate: '2024-11-21', placedAt, canceledAt: null });
    await expect(rebuild(world)).rejects.toMatchObject(again(/have not arrived, such as .*r2/));
    await world.place('r2', 'c1', '2024-11-21');
    expect(await rebuild(world)).toBe(0);
    expect(await world.counts()).toEqual(['c1 2 0 2024-11-21']);
  });

  test('for a start of the log that is none, or of which not all is kept', async () => {
    const world = startWorld();
    const refused = { extensions: { code: 'BAD_USER_INPUT', field: 'logStart' } };
    await world.place('r1', 'c1', '2024-11-21');
    await expect(world.recounts.recount([], 'x')).rejects.toMatchObject(refused);
    world.clock.at = new Date(world.clock.at.getTime() + 20 * HOUR_MS);
    await world.place('r2', 'c1', '2024-11-21');
    await expect(world.startReplica().recount([], '1')).rejects.toMatchObject(refused);
    expect(await world.startReplica().recount([], '2')).toBe(0);
  });
});
