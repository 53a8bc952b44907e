import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { bookingAt } from '@airline/e2e/booking';
import { leaveInOutbox, newerEvent } from '@airline/e2e/newer-events';
import { type Crowd, gather } from '@airline/e2e/subscriptions/crowd';
import type { SystemOnRedis } from '@airline/e2e/system';
import { execute, until } from '@airline/testing';

/** Variables with which little is too much: what an operation may cost, and how long a reservation is held. */
export const LITTLE = {
  COST_LIMIT: '2000',
  HOLD_TIME_MS: '15000',
};

/** A day on which the flights of `bookingAt` have not departed. */
export const BEFORE_TAKEOFF = '2024-11-21';

const PAGES = Array.from({ length: 25 }, (_, index) => `page${index}: flights(first: 100) { nodes { id } }`);
const DEAREST = `query Everything { ${PAGES.join(' ')} }`;

/**
 * Faults that last until they are disposed of; each alert fires of one of them, but that of a Redis that is away. `fired` resolves when
 * these alerts have.
 */
export async function causeFaults(
  system: SystemOnRedis,
  fired: (...alerts: string[]) => Promise<unknown>,
): Promise<AsyncDisposable> {
  await using causing = new AsyncDisposableStack();
  const { url, folder } = system;
  const booking = bookingAt(url);
  const flightId = await booking.registerFlight(10_000);
  const book: Book = (awaitOutcome = true) =>
    booking.place({
      customerId: randomUUID(),
      flightId,
      seatQty: 1,
      reserveDate: BEFORE_TAKEOFF,
      awaitOutcome,
    });

  // SubscribersDropped.
  const crowd = await subscribeUnread(causing, url, book);
  await fired('SubscribersDropped');
  crowd.resume();

  // DeadLetters: an event that the flight service cannot read.
  leaveInOutbox(folder, [newerEvent(1, {})]);
  await book();

  // CommitsFail. So bookings wait for their payments until they expire: SagasExpire, SagasSlow, and OperationsSlow.
  refusePayments(causing, folder);
  const again = repeatUntilOver(causing);
  for (let client = 0; client < 5; client += 1) again(() => book());
  // Before others are refused for all that is asked below.
  await fired('CommitsFail', 'SagasExpire', 'SagasSlow', 'OperationsSlow');

  // EventsPending, ServiceGone and ConsumersLag. What asks the dashboard fails: SubgraphFetchesFail.
  await haltDashboard(causing, system, book);

  // OperationsShed and OperationsTooExpensive: a client asks for too many at once, and for too much.
  const flight = (id: string) => execute(url, 'query ($id: ID!) { flight(id: $id) { id } }', { id });
  again(() => execute(url, '{ customerInfos(first: 1) { nodes { flightCount } } }'));
  again(() => execute(url, DEAREST));
  again(() => Promise.all(Array.from({ length: 800 }, () => flight(randomUUID()))));
  const caused = causing.move();
  return { [Symbol.asyncDispose]: () => caused.disposeAsync() };
}

type Book = (awaitOutcome?: boolean) => Promise<unknown>;

// The service writes to it, too.
const open = (folder: string, service: string) =>
  new DatabaseSync(join(folder, `${service}.sqlite`), { timeout: 5_000 });

/** One client with many subscriptions does not read what comes of bookings, until it resumes. */
async function subscribeUnread(causing: AsyncDisposableStack, url: string, book: Book): Promise<Crowd> {
  const query = 'subscription { customerInfoUpdated { flightCount } }';
  const crowd = await gather(url, { sockets: 1, each: 900, payload: () => ({ query }) });
  causing.defer(() => crowd.close());
  await until(
    'all have subscribed',
    async () => {
      await book();
      return crowd.subscribers.every(({ counts }) => counts.length > 0);
    },
    120_000,
  );
  crowd.pause();
  for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 15 }, () => book()));
  return crowd;
}

/** The database of payments refuses what is written. */
function refusePayments(causing: AsyncDisposableStack, folder: string): void {
  const payments = open(folder, 'payment');
  payments.exec("create trigger refused before insert on outbox begin select raise(fail, 'refused'); end");
  causing.defer(() => {
    payments.exec('drop trigger refused');
    payments.close();
  });
}

/** Whatever it is called with is asked again and again, each beside the others. */
function repeatUntilOver(causing: AsyncDisposableStack): (ask: () => Promise<unknown>) => void {
  let isOver = false;
  const loops: Promise<void>[] = [];
  causing.defer(async () => {
    isOver = true;
    await Promise.all(loops);
  });
  const repeat = async (ask: () => Promise<unknown>): Promise<void> => {
    // What is refused is what this is for.
    while (!isOver) await ask().catch(() => {});
  };
  return (ask) => void loops.push(repeat(ask));
}

/** The dashboard stands still while it handles an event. */
async function haltDashboard(
  causing: AsyncDisposableStack,
  system: SystemOnRedis,
  book: Book,
): Promise<void> {
  const { dashboard } = system.processes;
  if (!dashboard) throw new Error('There is no dashboard.');
  const views = open(system.folder, 'dashboard');
  views.exec('begin exclusive');
  await book(false);
  await until('the dashboard has an event', async () => {
    const pending = await system.redis.command('XPENDING', 'airline:reservation', 'dashboard');
    return Array.isArray(pending) && Number(pending[0]) > 0;
  });
  process.kill(dashboard.pid, 'SIGSTOP');
  views.close();
  causing.defer(() => void process.kill(dashboard.pid, 'SIGCONT'));
}
