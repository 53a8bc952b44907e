import { randomUUID } from 'node:crypto';
import { bookingAt } from '@airline/e2e/booking';
import { request } from '@airline/testing';
import { expect, test } from 'vitest';
import { deploy, removeEverything, scaleUpTo } from './airline.ts';
import { eventually } from './eventually.ts';
import { evict } from './evict.ts';
import { readInPod, removeInPod, writeInPod } from './in-pod.ts';
import { read } from './kubectl.ts';
import { startProgress } from './progress.ts';
import { isReady, type Pod, servingPods } from './rollout.ts';
import { useAirline } from './use-airline.ts';

const tell = startProgress('deployed');
const airline = useAirline(async () => {
  tell('removing what is there');
  await removeEverything();
  tell('deploying');
  const begun = performance.now();
  await deploy();
  tell(`everything is ready ${((performance.now() - begun) / 1000).toFixed(0)} s after an empty cluster`);
});

test('everything is ready', async () => {
  const items = await eventually(
    'all pods are ready, also those that autoscalers add for the work of starting',
    async () => {
      const { items } = await read<{ items: Pod[] }>('pods');
      return items.length >= 11 && items.every(isReady) && items;
    },
  );
  // A service exits once if its database, which is made meanwhile, takes longer than the minute for which it waits.
  const restarts = items.flatMap(({ status }) => status.containerStatuses ?? []);
  expect(restarts.filter(({ restartCount }) => restartCount > 1)).toEqual([]);
});

test('the last seats go to the first; the second is canceled', async () => {
  const booking = bookingAt(airline.url);
  const flightId = await booking.registerFlight(5);
  const input = { flightId, seatQty: 3, reserveDate: '2024-11-21' };
  expect(await booking.place({ ...input, customerId: randomUUID() })).toMatchObject({
    status: 'SUCCEED',
    payment: { status: 'PAID', cost: 600_000 },
  });
  expect(await booking.place({ ...input, customerId: randomUUID() })).toMatchObject({
    status: 'CANCELED',
    cancelReason: 'SEATS_SOLD_OUT',
    payment: null,
  });
  expect(await booking.remainingSeats(flightId)).toBe(2);
});

test('reservations are counted; a canceled one releases its seats and is refunded', async () => {
  const booking = bookingAt(airline.url);
  const flightId = await booking.registerFlight(5);
  const [one, other] = [randomUUID(), randomUUID()];
  const place = (customerId: string, seatQty: number, reserveDate: string) =>
    booking.place({ customerId, flightId, seatQty, reserveDate });
  const first = await place(one, 3, '2024-11-11');
  await place(other, 1, '2024-11-23');
  await place(other, 1, '2024-12-25');
  await eventually('both customers are counted', async () => {
    const counts = await Promise.all([one, other].map(booking.customerInfo));
    return counts[0]?.flightCount === 1 && counts[1]?.flightCount === 2;
  });
  expect(await booking.customerInfo(one)).toMatchObject({ recentReserveDate: '2024-11-11' });
  expect(await booking.customerInfo(other)).toMatchObject({ recentReserveDate: '2024-12-25' });

  expect(await booking.cancel(first.id)).toMatchObject({ status: 'CANCELED', cancelReason: 'CUSTOMER' });
  await eventually('the seats are released', async () => (await booking.remainingSeats(flightId)) === 3);
  await eventually('the payment is refunded', async () => {
    return (await booking.reservation(first.id)).payment?.status === 'REFUNDED';
  });
  await eventually('the cancellation is counted', async () => {
    return (await booking.customerInfo(one))?.canceledCount === 1;
  });
});

test('a promotional text that is written in one flight pod is read through another', async () => {
  const [writer, reader] = await servingPods('flight', 2);
  const [name, text] = [`event-${randomUUID()}.txt`, '[SUMMER EVENT] 50% DISCOUNT!'];
  await writeInPod(writer, `/mnt/data/${name}`, text);
  try {
    expect(await readInPod(reader, `/mnt/data/${name}`)).toBe(text);
    const served = await request<{ promotions: unknown[] }>(airline.url, '{ promotions { name text } }');
    expect(served.promotions).toContainEqual({ name, text });
  } finally {
    await removeInPod(writer, `/mnt/data/${name}`);
  }
});

test('the last pod of a service is not evicted; one of two is', async () => {
  await scaleUpTo('reservation', 1);
  try {
    const [last] = await eventually('one pod serves reservations', async () => {
      const pods = await servingPods('reservation');
      return pods.length === 1 && pods;
    });
    await expect(evict(last)).rejects.toThrow("violate the pod's disruption budget");
    const [one] = await servingPods('flight', 2);
    await evict(one, { dryRun: ['All'] });
  } finally {
    await scaleUpTo('reservation', 3);
  }
});
