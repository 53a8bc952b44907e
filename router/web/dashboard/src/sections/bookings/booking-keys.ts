/** Where the keys are of bookings that may have been made: they outlive a look at another page, and a reload. */
const NAME = 'airline-booking-keys';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

// This page has written it.
const keysIn = (kept: Kept): Record<string, string> => JSON.parse(kept.getItem(NAME) ?? '{}');

/** The idempotency key of what is sent: the same until it is forgotten. @param sent the booking, as a text */
export function keyOf(sent: string, kept: Kept = sessionStorage): string {
  const keys = keysIn(kept);
  const key = keys[sent] ?? crypto.randomUUID();
  kept.setItem(NAME, JSON.stringify({ ...keys, [sent]: key }));
  return key;
}

/** The booking was made: another of its kind is another one. */
export function forgetKey(sent: string, kept: Kept = sessionStorage): void {
  const { [sent]: _, ...others } = keysIn(kept);
  kept.setItem(NAME, JSON.stringify(others));
}
