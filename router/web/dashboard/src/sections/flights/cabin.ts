/** More are drawn as a bar. */
export const MOST_SEATS_DRAWN = 180;

export interface Cabin {
  /** From the front to the back, row by row. */
  readonly seats: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
  /** Of one seat. */
  readonly size: number;
}

const GAP = 2;

/** A cabin that lies with its nose to the left: rows of 2, 4 or 6 seats with an aisle in the middle; in pixels. */
export function cabin(capacity: number): Cabin {
  const across = capacity <= 12 ? 2 : capacity <= 60 ? 4 : 6;
  const size = capacity <= 12 ? 16 : capacity <= 60 ? 11 : 7;
  const aisle = size * 0.7;
  const seats = Array.from({ length: capacity }, (_, index) => {
    const row = Math.floor(index / across);
    const place = index % across;
    return {
      x: row * (size + GAP),
      y: place * (size + GAP) + (place >= across / 2 ? aisle : 0),
    };
  });
  return {
    seats,
    size,
    width: Math.max(1, Math.ceil(capacity / across)) * (size + GAP) - GAP,
    height: across * (size + GAP) - GAP + aisle,
  };
}
