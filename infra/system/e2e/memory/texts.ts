/** So many of a part, separated by spaces. */
const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

const FLIGHT = 'id flightCode takeoffDate cost capacity remainingSeatsCount';
const RESERVATION = 'id customerId seatQty reserveDate status cancelReason placedAt';
const NOBODY = '00000000-0000-7000-8000-000000000000';

/** Queries as pages send them, of one subgraph to three. */
const small: readonly ((n: number) => string)[] = [
  (n) => `query Q${n} { flight(id: "${NOBODY}") { id flightCode } }`,
  (n) => `{ flight(id: "${n}") { ${FLIGHT} } }`,
  (n) => `query Q${n} { reservation(id: "${NOBODY}") { ${RESERVATION} payment { id cost status } } }`,
  (n) => `query Q${n} { reservation(id: "${NOBODY}") { ${RESERVATION} flight { ${FLIGHT} } } }`,
];

/** Near the limits of a document, each in another way; to be executed they cost little. */
const hostile: readonly ((n: number) => string)[] = [
  (n) =>
    `query H${n} { ${many(49, (i) => `a${n}_${i}: flight(id: "${NOBODY}") { b: id c: flightCode d: cost }`)} }`,
  (n) =>
    `query H${n} { ${many(9, (i) => `f${i}: flight(id: "${`${n}`.repeat(1_000).slice(0, 1_000)}") { id }`)} }`,
  (n) => `query H${n} { flight(id: "${NOBODY}") { id } }\n# ${`漢${n}`.repeat(10_000)}`,
  (n) => many(140, (i) => `query H${n}_${i} { flight(id: "${NOBODY}") { ${FLIGHT} } }`),
  (n) => `fragment F on Flight { ${FLIGHT} } fragment R on Reservation { ${RESERVATION} flight { ...F } }
    query H${n} { ${many(38, (i) => `r${i}: reservation(id: "${NOBODY}") { ...R flight { ...F } }`)} }`,
  (n) => `query H${n}(${many(49, (i) => `$v${n}_${i}: ID = "${n}"`)}) {
    ${many(49, (i) => `f${i}: flight(id: $v${n}_${i}) { id }`)} }`,
  (n) => `query H${n} { __schema { types { name n${n}: fields { name type { name ofType { name } } } } } }`,
];

/** The n-th of endless different texts: one of so many is hostile. */
export function textOf(n: number, hostileEach: number): { text: string; operationName: string | undefined } {
  const isHostile = n % hostileEach === hostileEach - 1;
  const kinds = isHostile ? hostile : small;
  const kind = kinds[Math.floor(isHostile ? n / hostileEach : n) % kinds.length];
  const text = kind?.(n) ?? '';
  return { text, operationName: text.startsWith(`query H${n}_0`) ? `H${n}_0` : undefined };
}

/** The n-th operation of those in use all the time. */
export const hotText = (n: number): string =>
  `query Hot${n} { reservation(id: "${NOBODY}") { ${RESERVATION} flight { ${FLIGHT} } payment { id } } }`;
