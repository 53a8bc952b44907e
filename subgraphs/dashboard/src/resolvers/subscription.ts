import { subscribedCustomer, subscribeToUpdates, type Update } from '@airline/service';
import type { Context } from '../context.ts';
import { isNewer } from '../domain/newer.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';
import type { CustomerInfoRow } from '../store/tables.ts';
import { topicOf } from '../store/topics.ts';

type InfoUpdate = Update<'CustomerInfoUpdated', CustomerInfoRow>;

export const Subscription = {
  customerInfoUpdated: {
    subscribe: (_parent, named, { caller, feed, start, dashboard }) => {
      const customerId = subscribedCustomer(caller, named.customerId);
      return subscribeToUpdates<'CustomerInfoUpdated', CustomerInfoRow>({
        feed,
        start,
        topic: topicOf(customerId),
        state: customerId == null ? undefined : () => dashboard.infoOf(customerId),
        isNewer: (event, info) => isNewer(event.published().data, info),
      });
    },
    // The event holds the whole row as it was committed with it.
    resolve: ({ state, event }: InfoUpdate) => state ?? event.published().data,
  },
} satisfies SubscriptionResolvers<Context>;
