import { bookingAt } from '@airline/e2e/booking';
import { services as subgraphs } from '@airline/schema/events';
import { expect, test } from 'vitest';
import { scaleUpTo } from './airline.ts';
import { eventually } from './eventually.ts';
import { kubectl, namespace } from './kubectl.ts';
import { startProgress } from './progress.ts';
import { servingPods } from './rollout.ts';
import { heardAll, settledWell } from './settled.ts';
import { availability, inWords } from './traffic.ts';
import { useAirline } from './use-airline.ts';

const tell = startProgress('scaling');
const airline = useAirline();

test.each(subgraphs)('a %s pod that is killed amid sagas leaves none of them unsettled', async (service) => {
  const booking = bookingAt(airline.url);
  const flightId = await booking.registerFlight(20);
  const place = (index: number) =>
    booking.place({
      customerId: `${service}-${index % 5}`,
      flightId,
      seatQty: 1,
      reserveDate: '2024-11-21',
      awaitOutcome: false,
    });
  // Others book on: on a fast machine these would have settled before the pod is gone.
  const traffic = await airline.startTraffic({ customers: 4, subscribers: 2, pauseMs: 0 });
  await traffic.requestsServed(50);
  const before = await servingPods(service);
  const placed = await Promise.all(Array.from({ length: 30 }, (_, index) => place(index)));
  expect(placed.filter(({ status }) => status === 'PENDING').length).toBeGreaterThan(0);
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(1);
  await kubectl(['--namespace', namespace, 'delete', 'pod', `${before[0]}`, '--grace-period=0', '--force']);
  await eventually('another pod serves in its place', async () =>
    (await servingPods(service, 0)).some((name) => !before.includes(name)),
  );
  const away = seconds();
  await traffic.requestsServed(50);
  const met = await traffic.stopBooking();
  const rows = await settledWell(airline.url, met);
  tell(
    `${service} killed; another serves after ${away} s, all has settled after ${seconds()} s; ${inWords(met)}`,
  );
  const sold = rows.reservations.filter(
    (reservation) => reservation.flightId === flightId && reservation.status === 'SUCCEED',
  );
  expect(sold).toHaveLength(20);
  expect(await heardAll(traffic.heard, rows)).toEqual([]);
  await traffic.stopListening();
});

test('the reservation service grows from one pod to three under load, and shrinks to one after it', async () => {
  const pods = async () => (await servingPods('reservation')).length;
  await eventually('one pod serves reservations', async () => (await pods()) === 1);
  await scaleUpTo('reservation', 3);
  const traffic = await airline.startTraffic({ customers: 8, subscribers: 3, pauseMs: 0 });
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(0);
  await eventually('three pods serve reservations', async () => (await pods()) === 3);
  tell(`three pods after ${seconds()} s of load: ${inWords(await traffic.met())}`);
  await traffic.requestsServed(100);
  const met = await traffic.stopBooking();
  tell(inWords(met));
  const rows = await settledWell(airline.url, met);
  await eventually('one pod serves reservations', async () => (await pods()) === 1);
  tell(`one pod again after ${seconds()} s`);
  expect(await heardAll(traffic.heard, rows)).toEqual([]);
  await traffic.stopListening();
  expect([met.closed, met.kept].map(availability)).toEqual(['100.00', '100.00']);
});
