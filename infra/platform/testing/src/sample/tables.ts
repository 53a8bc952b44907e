import { int, key, optionalText, type Row, table, text } from '@airline/database';

// A service of two tables, for tests of the store and of messaging, which know no subgraph.

export const account = table('account', { id: key(), owner: text(), balance: int(), note: optionalText() }, [
  { on: ['owner'] },
]);

export const transfer = table('transfer', { id: key(), accountId: text(), amount: int() }, [
  { on: ['accountId'] },
]);

export const tables = { account, transfer };

export type Account = Row<typeof account>;
export type Transfer = Row<typeof transfer>;
export type SampleState = { account: Account; transfer: Transfer };
