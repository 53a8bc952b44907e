/** The first number of this system's advisory locks: "airl" in ASCII, so that they meet no other system's. */
const OURS = 0x61_69_72_6c;

/** Advisory locks: two numbers each, in one database. */
export const locks = {
  /** Who holds it gives the numbers of the outbox. */
  numbering: [OURS, 1],
  migration: [OURS, 2],
} as const;
