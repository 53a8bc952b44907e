import { envVar } from '@airline/service';

const FIFTEEN_MINUTES_MS = 15 * 60 * 1000;

/** The variables of the reservation service alone. */
export const variables = {
  HOLD_TIME_MS: envVar.milliseconds
    .default(FIFTEEN_MINUTES_MS)
    .describe(
      'How long a reservation may be pending before it expires, counted from when events are published.',
    ),
};
