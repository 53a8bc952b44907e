import { HttpRefusal } from '@airline/service/server';
import type { Refused } from '../refusal.ts';

/** A client has used up its own share. */
export const tooManyRequests = new HttpRefusal(
  429,
  'TOO_MANY_REQUESTS',
  'This client has too many requests or connections at once. Wait for some of them, then send this again.',
);

/** All have used up what there is. */
export const overload = new HttpRefusal(
  503,
  'OVERLOADED',
  'The router is overloaded, and has not begun this. Send it again later.',
);

const asRefused = ({ status, code, message }: HttpRefusal): Refused => ({
  status,
  errors: [{ message, extensions: { code } }],
});

/** The same for operations. */
export const tooMany = asRefused(tooManyRequests);
export const overloaded = asRefused(overload);
