import * as placing from '@airline/reservation/domain/place-reservation';

export * from '@airline/reservation/domain/place-reservation';

/** A repeated idempotency key places another reservation. */
export const placeReservation: typeof placing.placeReservation = (_known, ...rest) =>
  placing.placeReservation({}, ...rest);
