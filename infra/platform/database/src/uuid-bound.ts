/** The lowest UUIDv7 of an instant (RFC 9562, section 5.7): 48 bits of Unix milliseconds come first. */
export function firstUuidAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
