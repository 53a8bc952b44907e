import { crc32 } from 'node:zlib';

/** The first number of this system's advisory locks: "airl" in ASCII, so that they meet no other system's. */
const OURS = 0x61_69_72_6c;

/** The second number, for one service of those that may share a database. */
const numberOf = (text: string) => crc32(text) | 0;

/** The setting of a session that has the second number of its service's numbering lock. */
export const NUMBERING = 'airline.numbering_lock';

/** The arguments of the lock whose holder gives the numbers of the outbox. */
export const NUMBERING_LOCK = `${OURS}, current_setting('${NUMBERING}')::int`;

export const numberingLock = (service: string): number => numberOf(`numbering of ${service}`);

/** The numbering lock of the release that had no schemas, whose replicas may still run. */
export const EARLIER_NUMBERING_LOCK = 1;

/** The lock whose holder migrates a service. */
export const migrationLock = (service: string): [number, number] => [
  OURS,
  numberOf(`migrations of ${service}`),
];
