import { bookingAt } from '@airline/e2e/booking';
import { startOnRedis } from '@airline/e2e/system';
import { percentiles, runConcurrently } from './measure.ts';

/** Books through the router of a system of separate processes; each booking awaits its outcome. */
export async function measureRouter(sagas: number) {
  await using system = await startOnRedis({ NODE_ENV: 'production' });
  const booking = bookingAt(system.url);
  const flightId = await booking.registerFlight(1_000_000);
  const book = async (index: number) => {
    const input = { customerId: `customer-${index % 500}`, flightId, seatQty: 1, reserveDate: '2024-11-21' };
    const { status } = await booking.place(input);
    if (status !== 'SUCCEED') throw new Error(`A booking ended ${status}.`);
  };
  await runConcurrently(500, 20, book);
  const idle = percentiles(await runConcurrently(200, 1, book));
  const begun = performance.now();
  await runConcurrently(sagas, 64, book);
  return { idle, perSecond: (sagas * 1000) / (performance.now() - begun) };
}
