/** A number from 0 to 2^32 - 1 that depends on each of the parts alone (FNV-1a, mixed at the end). */
export function hash(...parts: readonly (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const part of parts) {
    const text = `${part}|`;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** One of the elements; the same for the same parts. */
export function chosen<Element>(
  elements: readonly Element[],
  ...parts: readonly (string | number)[]
): Element {
  const element = elements[hash(...parts) % elements.length];
  if (element === undefined) throw new Error('There is nothing to choose from.');
  return element;
}
