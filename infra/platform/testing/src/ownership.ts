import type { State } from '@airline/database';
import type { Role } from '@airline/service';

/** Two customers have data; the third has none. */
export const customers = ['kim', 'lee', 'new'] as const;
export type Customer = (typeof customers)[number];

/** What of a customer's rows is theirs alone and is no id: it is in no response to a stranger. */
export const markOf = (owner: Customer): string => `«${owner}»`;

/** Tells customers' numbers apart. */
export const rankOf = (owner: Customer): number => customers.indexOf(owner) + 1;

/** The instant at which all happened. */
export const AT = '2024-11-21T10:00:00.000Z';

/** Everybody may see them; one is named for each customer. */
export const flightIds = ['f1', 'f2', ...customers.map((owner) => `f${markOf(owner)}`)];

/** UUIDv7s of the instant of the placement, `AT`, whose references are none of a test server's new ids; the last is nobody's. */
export const reservationIds = Array.from(
  { length: 9 },
  (_, index) => `01934e2a-1100-7000-8000-00fffffffff${index}`,
);
export const references = reservationIds.map((_, index) => `ZZZZ-ZZZ${'GHJKMNPQR'[index]}`);

/** A reservation of a customer, and what the other services have of it. */
export interface Booked {
  readonly id: string;
  /** Its place among those of all customers. */
  readonly index: number;
  readonly owner: Customer;
  readonly status: 'PENDING' | 'SUCCEED' | 'CANCELED';
  readonly payment: 'PAID' | 'DECLINED' | 'REFUNDED' | 'VOID' | undefined;
  /** Whether it was placed with an idempotency key. */
  readonly key: boolean;
  /** What of its history has arrived. */
  readonly steps: readonly ('ReservationPlaced' | 'Paid' | 'ReservationCanceled')[];
}

/** Why a table has no rows here: no query reads it, or what it holds is not a customer's. */
export type NoRows = 'no query reads them' | 'they are of all customers';

/**
 * The rows that a subgraph has of reservations, of all its tables, or why a table has none: its `src/ownership.fixture.ts`
 * exports one as `rowsOf`. By them `infra/system/e2e/ownership` finds whether customers are shown what is not theirs, so each
 * customer's rows differ.
 */
export type RowsOfBookings<S extends State> = (booked: readonly Booked[]) => {
  readonly [Name in keyof S]: readonly S[Name][] | NoRows;
};

/**
 * Valid values of arguments and of fields of inputs, by their names, and of what a cursor holds of an order, by that: a subgraph's
 * `src/ownership.fixture.ts` exports those that it alone has as `values`. By them tests send its queries and mutations, of which
 * each does something to its rows.
 */
export type Values = Readonly<Record<string, readonly unknown[]>>;

/**
 * What becomes of a column that may hold what is a customer's, and why: it is `erased` by an erasure; `kept`, where
 * `npm run customer -- find` shows it; kept and `not shown`; or not shown until it `ends`.
 */
export type Fate = 'not personal' | 'erased' | `${'kept' | 'not shown' | 'ends'}: ${string}`;

/** Columns that are nobody's by their names, unless they are found to hold what a customer gave. */
type Technical =
  | 'id'
  | 'status'
  | 'reservationId'
  | 'flightId'
  | 'traceId'
  | 'currency'
  | 'at'
  | `${string}At`;

/** Columns of text, those of an enum, too, of which a customer may have chosen a value. */
type Text<Row> = { [Name in keyof Row]: NonNullable<Row[Name]> extends string ? Name : never }[keyof Row];

/**
 * What becomes of each column of text: a subgraph's `src/ownership.fixture.ts` exports it as `personalData`. A column that is
 * added is a type error until it is said, and `infra/system/e2e/customer` finds what is said and not so.
 */
export type PersonalData<S extends State> = {
  readonly [Name in keyof S]: Readonly<
    Record<Exclude<Text<S[Name]>, Technical>, Fate> & Partial<Record<keyof S[Name], Fate>>
  >;
};

/** Fields that all of these may see; of a mutation, who may call it. */
export interface Permitted {
  readonly to: readonly Role[] | 'anyone';
  /** Matches the whole of their coordinates, such as `Query.flights`. */
  readonly fields: RegExp;
}

/** What `src/ownership.fixture.ts` of a subgraph exports. */
export interface OwnershipFixture<S extends State = State> {
  readonly rowsOf: RowsOfBookings<S>;
  /**
   * Who may see its fields, as people have agreed and not as its SDL has it, since the SDL is held to it. Of what is not here,
   * fields are for those who read customers' data, and mutations are nobody's.
   */
  readonly permitted: readonly Permitted[];
  readonly personalData: PersonalData<S>;
  readonly values?: Values;
}
