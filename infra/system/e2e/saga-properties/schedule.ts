import { recountInfos, replay } from '@airline/dashboard/workers/rebuild';
import { chargeKeyOf } from '@airline/payment/domain/model';
import fc from 'fast-check';
import { violationsAtAnyTime, violationsAtRest } from '../invariants.ts';
import { type CollectingOptions, createCollecting } from './collecting.ts';
import { createCommands } from './commands.ts';
import type { FourServices } from './four-services.ts';
import { createNetwork, type NetworkOptions } from './network.ts';
import { createLedger } from './provider.ts';
import type { World } from './world.ts';

export const DAY_MS = 86_400_000;

/** What happens next, by kind; `which` chooses among all that is possible, and the replica. */
export interface Step {
  readonly kind:
    | 'command'
    | 'deliver'
    | 'repeat'
    | 'together'
    | 'settle'
    | 'respond'
    | 'lose'
    | 'refuse'
    | 'expire'
    | 'rebuild'
    | 'tick'
    | 'days';
  readonly which: number;
}

const kinds: Record<Step['kind'], number> = {
  command: 5,
  deliver: 10,
  repeat: 3,
  together: 2,
  settle: 4,
  respond: 4,
  lose: 1,
  refuse: 1,
  expire: 1,
  rebuild: 1,
  tick: 2,
  days: 1,
};

export const schedule: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      ...Object.entries(kinds).map(([kind, weight]) => ({
        weight,
        arbitrary: fc.constant(kind as Step['kind']),
      })),
    ),
    which: fc.nat(999),
  }),
  { maxLength: 80, size: 'max' },
);

const pick = <Item>(items: readonly Item[], which: number): Item | undefined =>
  items.length === 0 ? undefined : items[which % items.length];

/** One event on both replicas in one tick, and beside it another one. */
async function together({ services, network }: Begun, which: number): Promise<void> {
  const [message, other] = [pick(network.pending(), which), pick(network.pending(), which + 1)];
  if (!message || !other) return;
  const all = other === message ? [message, message] : [message, message, other];
  await Promise.all(all.map((each, index) => network.deliver(each, which + index)));
  const violations = violationsAtAnyTime(await services.rows());
  if (violations.length > 0) throw new Error(violations.join('\n'));
}

/** A rebuild of the dashboard's infos, while another event arrives there or elsewhere. */
async function rebuild({ services, network }: Begun, which: number): Promise<void> {
  const store = services.dashboard.store(which);
  const message = pick(network.pending(), which);
  const rebuilding = async () => {
    await replay(store, await services.describedReservations());
    await recountInfos(store, services.now);
  };
  await Promise.all([rebuilding(), message && network.deliver(message, which + 1)]);
}

async function take({ kind, which }: Step, begun: Begun): Promise<void> {
  const { services, commands, network, collecting } = begun;
  // The replica must not follow from what is picked.
  const replica = Math.floor(which / 7);
  switch (kind) {
    case 'command': {
      const command = pick(commands.possible(), which);
      if (command) await commands.carryOut(command, replica);
      break;
    }
    case 'deliver':
    case 'repeat': {
      const message = pick(kind === 'deliver' ? network.pending() : network.delivered(), which);
      if (message) await network.deliver(message, replica);
      break;
    }
    case 'together':
      await together(begun, which);
      break;
    case 'settle': {
      const payment = pick(await collecting.unsettled(), which);
      if (payment) await collecting.settle(payment, replica);
      break;
    }
    case 'respond':
    case 'lose':
    case 'refuse':
      await pick(collecting.calls(), which)?.[kind]();
      break;
    case 'expire':
      await commands.expire(which % 10);
      break;
    case 'rebuild':
      await rebuild(begun, which);
      break;
    case 'tick':
      services.pass(1);
      break;
    case 'days':
      services.pass(DAY_MS * (1 + (which % 30)));
      break;
  }
  await network.collect();
}

/** Does all that is left to do, in the order in which it comes. */
export async function finish({ commands, network, collecting }: Begun): Promise<void> {
  for (;;) {
    const [command] = commands.possible();
    const [message] = network.pending();
    const [call] = collecting.calls();
    if (command) await commands.carryOut(command, 0);
    else if (message) await network.deliver(message, 0);
    else if (call) await call.respond();
    else {
      const unsettled = await collecting.unsettled();
      if (unsettled.length === 0) return;
      for (const payment of unsettled) await collecting.settle(payment, 0);
    }
    await network.collect();
  }
}

export type RunOptions = NetworkOptions & CollectingOptions;

/** A world that has begun: its flights are there, and nothing else. */
export async function begin(services: FourServices, world: World, options: RunOptions = {}) {
  services.reset();
  const commands = createCommands(services, world);
  const bookingOf = (chargeKey: string) =>
    [...commands.reservationIds()].find(([, id]) => chargeKeyOf(id) === chargeKey)?.[0] ?? -1;
  const ledger = createLedger((chargeKey) => world.bookings[bookingOf(chargeKey)]?.chargeResult ?? 'PAID');
  const network = createNetwork(services, options);
  await commands.registerFlights();
  return { services, commands, network, ledger, collecting: createCollecting(services, ledger, options) };
}

export type Begun = Awaited<ReturnType<typeof begin>>;

/** Runs a world by a schedule, and then to its end. */
export async function run(
  services: FourServices,
  world: World,
  steps: readonly Step[],
  options: RunOptions = {},
): Promise<Begun> {
  const begun = await begin(services, world, options);
  for (const step of steps) await take(step, begun);
  await finish(begun);
  return begun;
}

/** What is wrong once all is done, in the databases and in the provider's books. */
export async function wrongAtRest({ services, ledger }: Begun): Promise<string[]> {
  const rows = await services.rows();
  const priceOf = new Map(rows.payments.map(({ reservationId, cost }) => [reservationId, cost]));
  const wrongMoney = rows.reservations.flatMap(({ id, status }) => {
    const due = status === 'SUCCEED' ? priceOf.get(id) : 0;
    const balance = ledger.balance(id);
    return balance === due ? [] : [`reservation ${id} is ${status} and has cost ${balance}, not ${due}`];
  });
  return [...violationsAtRest(rows), ...wrongMoney];
}
