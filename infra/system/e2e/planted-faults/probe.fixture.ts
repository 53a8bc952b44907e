import { isTransient, openPostgres } from '@airline/database';
import { removeIfEntriesAreLost } from '@airline/messaging/redis/lost-entries';
import { createLogger } from '@airline/observability';
import { placeReservation } from '@airline/reservation/domain/place-reservation';
import { openStore, openTransport, system } from '@airline/service';
import { mayRead } from '@airline/service/caller';
import { until } from '@airline/testing';
import { deposit, migrations, type SampleState, tables } from '@airline/testing/sample';
import { createClient } from 'redis';

// A process as a service runs it, on PostgreSQL and Redis: it prints what has become of each promise that a fault breaks.

const [databaseUrl = '', redisUrl = ''] = process.argv.slice(2);
const logger = createLogger({ service: 'probe', level: 'silent' });
const store = await openStore<SampleState>(
  'flight',
  databaseUrl,
  { tables, migrations },
  { ...system, logger },
);
const database = await openPostgres({ url: databaseUrl, service: 'flight', migrations });
const transport = openTransport({ redisUrl, takeOverAfterMs: 30_000 }, logger);
const redis = await createClient({ url: redisUrl }).connect();

/** The result of a command that repeats the idempotency key of the one before. */
function placedAgain(): string {
  const command = { customerId: 'customer', flightId: 'flight', seatQty: 1, idempotencyKey: 'key' };
  const by = () => ({ customer: undefined, id: system.newId(), at: '2024-11-21T00:00:00Z' });
  const { write = {} } = placeReservation({}, command, by());
  return placeReservation(write, command, by()).result.status;
}

/** The balance of an account after an event that is handled once was delivered twice. */
async function balanceOfRedelivered(): Promise<number> {
  const message = { consumer: 'probe', eventId: system.newId() };
  await store.handle(message, deposit('redelivered', 1));
  await store.handle(message, deposit('redelivered', 1));
  return await store.transact(deposit('redelivered', 0));
}

/** The balance of an account to which two transactions have added 10 and 1 at once. */
async function balanceOfContended(): Promise<number> {
  await store.transact(deposit('contended', 0));
  return await database.session(async ({ send }) => {
    await send({ text: 'begin' });
    await send({ text: `update account set balance = balance + 10 where id = 'contended'` });
    const deposited = store.transact(deposit('contended', 1));
    const waiting = { text: `select from pg_stat_activity where wait_event_type = 'Lock'` };
    await until('the other transaction waits', async () => (await database.query(waiting)).length > 0);
    await send({ text: 'commit' });
    return await deposited;
  });
}

/** The id of the first entry that a stream gets. */
async function firstIdPublished(): Promise<string | undefined> {
  const publishing = transport.publish({ stream: 'published', log: store.log, groups: [] });
  await until('an entry is published', async () => (await redis.xLen('published')) > 0);
  await publishing.close();
  const entries = await redis.xRange('published', '-', '+', { COUNT: 1 });
  return entries?.[0]?.id;
}

/** Which entries are pending when the second is delivered, though the first is not acknowledged. */
async function pendingUnacknowledged(): Promise<readonly string[]> {
  const delivered = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const reader = transport.consume({ stream: 'consumed', group: 'probe' }, async ([delivery]) =>
    delivered[(delivery?.seq ?? 0) - 1]?.resolve(),
  );
  await hasGroup('consumed');
  for (const [index, { promise }] of delivered.entries()) {
    await redis.xAdd('consumed', `${index + 1}-0`, { event: '{}' });
    await promise;
  }
  const pending = await redis.xPendingRange('consumed', 'probe', '-', '1', 10);
  await reader.close();
  return pending.map(({ id }) => id);
}

/** Whether a database that has no such name for a while is retried for as long as that takes. */
const outlastsSurroundings = (): boolean =>
  isTransient(Object.assign(new Error('no such database'), { code: '3D000' }));

/** The first entry that a group needs of a stream whose entries somebody else has removed. */
async function neededOfRemoved(): Promise<number | undefined> {
  for (const id of ['1-0', '2-0']) await redis.xAdd('removed', id, { event: '{}' });
  await redis.xGroupCreate('removed', 'probe', '1-0');
  await redis.xDel('removed', '2-0');
  const { lost } = await removeIfEntriesAreLost(redis, {
    stream: 'removed',
    log: store.log,
    groups: ['probe'],
  });
  return lost?.needed;
}

/** The number of the first entry that reaches a group which is made on a stream that has one, before there is another. */
async function firstDelivered(): Promise<number | undefined> {
  await redis.xAdd('begun', '1-0', { event: '{}' });
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const reader = transport.consume({ stream: 'begun', group: 'probe' }, async ([delivery]) =>
    resolve(delivery?.seq),
  );
  await hasGroup('begun');
  await redis.xAdd('begun', '2-0', { event: '{}' });
  const first = await promise;
  await reader.close();
  return first;
}

const hasGroup = (stream: string) =>
  until('the group is made', async () => (await redis.xInfoGroups(stream)).length > 0);

/** Whether an event carries on the trace of the decision that published it. */
async function isTraced(): Promise<boolean> {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const before = await store.log.last();
  await store.transact({ ...deposit('traced', 1), traceparent });
  const [entry] = await store.log.read(before, 1);
  return entry?.event.includes(traceparent) ?? false;
}

/** Whether a customer may read what is another's. */
const readsOfAnother = (): boolean => mayRead({ subject: 'kim', roles: ['customer'], scopes: [] }, 'lee');

const observed = {
  placedAgain: placedAgain(),
  balanceOfRedelivered: await balanceOfRedelivered(),
  balanceOfContended: await balanceOfContended(),
  firstIdPublished: await firstIdPublished(),
  pendingUnacknowledged: await pendingUnacknowledged(),
  outlastsSurroundings: outlastsSurroundings(),
  neededOfRemoved: await neededOfRemoved(),
  firstDelivered: await firstDelivered(),
  isTraced: await isTraced(),
  readsOfAnother: readsOfAnother(),
};
process.stdout.write(JSON.stringify(observed));
await store.close();
await database.close();
redis.destroy();
