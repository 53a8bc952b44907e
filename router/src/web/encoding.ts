import { readWeights } from '../http/accept.ts';

/** Content codings that files are kept in, by their names in HTTP, the one that makes them smallest first. */
export const encodings = ['br', 'gzip'] as const;

export type Encoding = (typeof encodings)[number];

/**
 * The coding that an accept-encoding header (RFC 9110 12.5.3) prefers.
 * @returns undefined for none, which is also what those get that accept nothing else
 */
export function chooseEncoding(
  header: string | undefined,
  available: { has(encoding: Encoding): boolean },
): Encoding | undefined {
  if (header === undefined) return undefined;
  const weights = readWeights(header);
  const any = weights.get('*') ?? 0;
  let best: Encoding | undefined;
  let bestWeight = 0;
  for (const encoding of encodings) {
    const weight = weights.get(encoding) ?? any;
    if (weight > bestWeight && available.has(encoding)) {
      best = encoding;
      bestWeight = weight;
    }
  }
  return (weights.get('identity') ?? 0) > bestWeight ? undefined : best;
}
