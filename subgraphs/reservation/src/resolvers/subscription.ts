import { subscribedCustomer, subscribeToUpdates, type Update } from '@airline/service';
import type { Context } from '../context.ts';
import { asOf, isAfter } from '../domain/as-of.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';
import type { ReservationRow } from '../store/tables.ts';
import { topicOf } from '../store/topics.ts';

type Changes = 'ReservationPlaced' | 'ReservationSucceeded' | 'ReservationCanceled';
type ReservationUpdate = Update<Changes, ReservationRow>;

export const Subscription = {
  reservationUpdated: {
    subscribe: (_parent, { id, ...named }, { caller, feed, start, latestReservations }) => {
      const customerId = subscribedCustomer(caller, named.customerId);
      const stateOf = async (id: string) => {
        const row = await latestReservations.find(id);
        return customerId == null || row?.customerId === customerId ? row : undefined;
      };
      return subscribeToUpdates<Changes, ReservationRow>({
        feed,
        start,
        topic: topicOf({ id, customerId }),
        state: id == null ? undefined : () => stateOf(id),
        isNewer: (event, row) => isAfter(event.published(), row),
      });
    },
    resolve: async ({ state, event }: ReservationUpdate, _args: unknown, { latestReservations }: Context) => {
      if (state) return state;
      return asOf(event.published(), await latestReservations.get(event.subject));
    },
  },
} satisfies SubscriptionResolvers<Context>;
