const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7/i;

/** The time of a UUIDv7, in ms since 1970: its first 48 bits (RFC 9562, section 5.7). Undefined for another id. */
export function uuidTime(id: string): number | undefined {
  const [, high, low] = UUID_V7.exec(id) ?? [];
  return high && low ? Number.parseInt(high + low, 16) : undefined;
}
