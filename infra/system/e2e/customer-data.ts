import { messageTables } from '@airline/database';
import { loadSubgraphs } from '@airline/local/subgraphs';
import type { Fate } from '@airline/testing/ownership';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { getNamedType, isInputObjectType, isScalarType } from 'graphql';
import type { Select } from './database-rows.ts';
import { schemaOf } from './ownership/subgraphs.fixture.ts';
import { values } from './ownership/values.ts';
import { personalDataOf } from './ownership/world.ts';

// Whether all that the databases hold of a customer is found, and erased as each subgraph says of its columns.

/** What stands in one column of one row. */
export interface Cell {
  /** `service.table.column`, as the store names them. */
  readonly column: string;
  /** Names the row among those of all tables. */
  readonly row: string;
  readonly value: unknown;
}

export interface Erasure {
  /** What becomes of each column of each database. */
  readonly fates: ReadonlyMap<string, Fate>;
  readonly before: readonly Cell[];
  readonly after: readonly Cell[];
  readonly customerId: string;
  /** What the customer gave besides, which stands nowhere else. */
  readonly given: readonly string[];
  /** What `find` printed before. */
  readonly found: string;
}

const ofMessages: Readonly<Record<string, Readonly<Record<string, Fate>>>> = {
  outbox: { event: 'ends: 7 days after it was published' },
  deadLetter: { event: 'ends: once it is replayed, or 30 days after it was dropped' },
};

const described = (await loadSubgraphs()).flatMap(({ name, tables }) => {
  const said: Readonly<Record<string, Readonly<Record<string, Fate>>>> = {
    ...ofMessages,
    ...personalDataOf(name),
  };
  return Object.entries({ ...messageTables, ...tables }).map(([property, table]) => ({
    service: name,
    table: getTableName(table),
    columns: Object.entries(getTableColumns(table)).map(([field, { name: stored }]) => ({
      column: `${name}.${property}.${field}`,
      stored,
      fate: said[property]?.[field] ?? ('not personal' as const),
    })),
  }));
});

export const fates: ReadonlyMap<string, Fate> = new Map(
  described.flatMap(({ columns }) => columns.map(({ column, fate }) => [column, fate])),
);

/** All that stands in all databases. */
export async function cellsOf(select: Select): Promise<Cell[]> {
  const cells = described.map(async ({ service, table, columns }) => {
    const rows = await select<Readonly<Record<string, unknown>>>(service, `select * from "${table}"`);
    return rows.flatMap((row) =>
      columns.map(({ column, stored }) => ({
        column,
        row: `${service}.${table} ${Object.values(row)[0]}`,
        value: row[stored],
      })),
    );
  });
  return (await Promise.all(cells)).flat();
}

/** A text for each field in which a customer who books may give any. */
export function textsOfPlacement(): Readonly<Record<string, string>> {
  const input = schemaOf('reservation').getType('PlaceReservationInput');
  if (!isInputObjectType(input)) throw new Error('There is no PlaceReservationInput.');
  const fields = Object.values(input.getFields()).filter(({ type }) => {
    const named = getNamedType(type);
    return isScalarType(named) && !/^(ID|Int|Float|Boolean|Date)$/.test(named.name);
  });
  return Object.fromEntries(
    fields.map(({ name }) => {
      const valid = values[name]?.find((value) => typeof value === 'string');
      return [name, typeof valid === 'string' ? valid : `${name} of Kim`];
    }),
  );
}

/** What is not as the subgraphs say, each with what to do. */
export function erasureFaults({ fates, before, after, customerId, given, found }: Erasure): string[] {
  const holdsAny = (texts: readonly string[], { value }: Cell) =>
    texts.some((text) => String(value ?? '').includes(text));
  const isOfCustomer = (cell: Cell) => holdsAny([customerId, ...given], cell);
  const rows = new Set(before.filter(isOfCustomer).map(({ row }) => row));
  const own = before.filter(({ row, value }) => rows.has(row) && (value ?? '') !== '');
  const isIn = (cell: Cell, ...kinds: string[]) =>
    kinds.includes(fates.get(cell.column)?.split(':')[0] ?? '');
  const stays = (cell: Cell) =>
    after.some(
      ({ row, column, value }) => row === cell.row && column === cell.column && value === cell.value,
    );

  const erased = own.filter((cell) => isIn(cell, 'erased'));
  const erasedTexts = given.filter((text) => erased.some((cell) => holdsAny([text], cell)));
  const columns = (cells: readonly Cell[]) => [...new Set(cells.map(({ column }) => column))];
  const neverFilled = [...fates].filter(
    ([column, fate]) => fate === 'erased' && !erased.some((cell) => cell.column === column),
  );
  return [
    ...columns([...before, ...after].filter((cell) => isIn(cell, 'not personal') && isOfCustomer(cell))).map(
      (column) => `${column} holds what is the customer's: say in personalData what becomes of it`,
    ),
    ...columns(own.filter((cell) => isIn(cell, 'kept', 'erased') && !found.includes(String(cell.value)))).map(
      (column) => `${column} is not found: make it a field of Customer, or of what is one`,
    ),
    ...neverFilled.map(([column]) => `${column} is empty, so that nothing is erased: have the test fill it`),
    ...columns(erased.filter(stays)).map((column) => `${column} is left: have erase.ts erase it`),
    ...columns(after.filter((cell) => !isIn(cell, 'erased', 'ends') && holdsAny(erasedTexts, cell))).map(
      (column) => `${column} still holds what is erased elsewhere: erase it there, too`,
    ),
  ];
}
