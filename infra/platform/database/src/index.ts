export { int, key, optionalInt, optionalText, text } from './columns.ts';
export type { CommitReport, OnCommit } from './commit-report.ts';
export { decideOn, sumOf } from './decide.ts';
export type { EventLog, LogEntry } from './event-log.ts';
export { messageTables } from './message-tables.ts';
export {
  ChangedMigrationError,
  FailedMigrationError,
  ForeignTablesError,
  MissingColumnsError,
} from './migrations.ts';
export { openPostgres, type Postgres, type PostgresOptions } from './postgres/connect.ts';
export { createPostgresStore } from './postgres/store.ts';
export { startsWith } from './prefix.ts';
export { openSqlite, type Sqlite, type SqliteOptions } from './sqlite/connect.ts';
export { FolderInUseError, holdFolder } from './sqlite/hold-folder.ts';
export { createSqliteStore } from './sqlite/store.ts';
export type {
  Command,
  DeadLetter,
  DeadLetters,
  Decision,
  DroppedLetter,
  Found,
  Keys,
  Message,
  PageQuery,
  Place,
  Reaction,
  Reader,
  State,
  Store,
  Tables,
} from './store.ts';
export {
  type AnyColumn,
  type Expression,
  isTable,
  postgresOf,
  propertyOf,
  type Row,
  type Table,
  table,
} from './table.ts';
export { isTransient, isUnavailable } from './transient.ts';
export { firstUuidAt } from './uuid-bound.ts';
