import { preferredCoding } from '../http/accept.ts';

/** Content codings that files are kept in, by their names in HTTP, the one that makes them smallest first. */
export const encodings = ['br', 'gzip'] as const;

export type Encoding = (typeof encodings)[number];

/** The available coding that an accept-encoding header prefers; undefined for none. */
export function chooseEncoding(
  header: string | undefined,
  available: { has(encoding: Encoding): boolean },
): Encoding | undefined {
  return preferredCoding(
    header,
    encodings.filter((encoding) => available.has(encoding)),
  );
}
