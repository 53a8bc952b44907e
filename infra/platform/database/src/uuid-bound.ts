/** The lowest UUIDv7 of an instant (RFC 9562, section 5.7): 48 bits of Unix milliseconds come first. */
export function firstUuidAt(instant: Date): string {
  const milliseconds = Math.min(Math.max(instant.getTime(), 0), 2 ** 48 - 1);
  const hex = milliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
