import { subscribeToUpdates, type Update } from '@airline/service';
import type { Context } from '../context.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';
import type { FlightRow } from '../store/tables.ts';
import { topicOf } from '../store/topics.ts';

type FlightUpdate = Update<never, FlightRow>;

export const Subscription = {
  flightUpdated: {
    subscribe: (_parent, { id }, { feed, start, latestFlights }) =>
      subscribeToUpdates<never, FlightRow>({
        feed,
        start,
        topic: topicOf(id),
        state: id == null ? undefined : () => latestFlights.load(id),
      }),
    resolve: async ({ state, event }: FlightUpdate, _args: unknown, { latestFlights }: Context) => {
      if (state) return state;
      const flight = await latestFlights.load(event.subject);
      if (!flight) throw new Error(`No such flight: ${event.subject}.`);
      return flight;
    },
  },
} satisfies SubscriptionResolvers<Context>;
