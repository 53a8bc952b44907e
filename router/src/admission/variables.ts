import { envVar } from '@airline/service/server';
import type { z } from 'zod';
import { heapShare } from '../weight.ts';

/** The variables of what clients may have at once: operations, connections and subscriptions. */
export const admissionVariables = {
  CLIENT_IN_FLIGHT: envVar
    .integer(1, 1_000_000)
    .default(128)
    .describe('Operations of one client that run at once at most.'),
  CLIENT_SHARE: envVar
    .integer(1, 1_000_000)
    .default(8)
    .describe('Operations of one client that run at once at most while there are others.'),
  IN_FLIGHT_MAX: envVar
    .integer(1, 1_000_000)
    .default(256)
    .describe('Operations in all that run at once at most.'),
  QUEUE_MAX: envVar
    .integer(0, 1_000_000)
    .default(1_024)
    .describe('Operations in all that wait at most until they may run; half as many of one client.'),
  CLIENT_CONNECTIONS: envVar
    .integer(1, 1_000_000)
    .default(1_000)
    .describe('Connections of one client at most; with CLIENT_ADDRESS_HEADER, WebSockets alone.'),
  CONNECTIONS_MAX: envVar.integer(1, 1_000_000).default(10_000).describe('Connections in all at most.'),
  SUBSCRIPTIONS_PER_CONNECTION: envVar
    .integer(1, 1_000_000)
    .default(1_000)
    .describe('Subscriptions of one connection at most.'),
  SUBSCRIPTIONS_PER_CLIENT: envVar
    .integer(1, 1_000_000)
    .default(1_000)
    .describe('Subscriptions of one client at most.'),
  SUBSCRIPTIONS_MAX: envVar
    .integer(1, 10_000_000)
    .optional()
    .describe(
      'Subscriptions in all at most; default: as many as a quarter of the heap holds, at 6,600 bytes each, and 100000 at most.',
    ),
} satisfies z.ZodRawShape;

/** Bytes of one of many equal subscriptions on a socket, before what was parsed for it is collected (4,500 afterwards). */
const SUBSCRIPTION = 6_600;
const MOST_SUBSCRIPTIONS = 100_000;

/** Subscriptions in all that fit in a quarter of the heap: of those that are equal, only their number is bounded. */
export const defaultSubscriptions = (heapBytes = heapShare(1)): number =>
  Math.min(Math.floor(heapBytes / 4 / SUBSCRIPTION), MOST_SUBSCRIPTIONS);
