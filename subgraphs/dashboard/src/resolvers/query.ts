import { badUserInput } from '@airline/service';
import type { Context } from '../context.ts';
import { figuresOf, minutesUntil } from '../domain/figures.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

/** What `null` stands for, as the default in the SDL. */
const DEFAULT_MINUTES = 30;
const MOST_MINUTES = 180;

export const Query = {
  customer: (_parent, { id }) => ({ id }),
  customerInfos: (_parent, args, { dashboard }) => dashboard.infos(args),
  customerInfo: (_parent, { customerId }, { dashboard }) => dashboard.infoOf(customerId),
  statistics: async (_parent, { minutes }, { dashboard, now }) => {
    const count = minutes ?? DEFAULT_MINUTES;
    if (count < 1 || count > MOST_MINUTES) {
      throw badUserInput('minutes', `"minutes" must be from 1 to ${MOST_MINUTES}.`);
    }
    const within = minutesUntil(now(), count);
    return figuresOf(await dashboard.counted(within), within);
  },
} satisfies QueryResolvers<Context>;
