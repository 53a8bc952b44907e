import { sql } from 'drizzle-orm';
import { bigint, index, primaryKey as pgPrimaryKey, pgTable, uniqueIndex } from 'drizzle-orm/pg-core';
import { integer, primaryKey, sqliteTable, text as sqliteText } from 'drizzle-orm/sqlite-core';
import { int, key, optionalText, pgInt, pgText, text } from './columns.ts';
import { pair, type Table, table } from './table.ts';

// The tables by which a service's state and its messages share one transaction. Every service's database has them.

/** Events in the order in which they were committed; `seq` is dense and becomes the stream's entry id. */
export const outbox = sqliteTable('outbox', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  event: sqliteText('event').notNull(),
  createdAt: sqliteText('created_at').notNull(),
});

pair(
  outbox,
  pgTable(
    'outbox',
    {
      /** The order of insertion, in which transactions do not commit. */
      id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
      /** Null until the event is numbered, among those that are committed. */
      seq: pgInt('seq'),
      event: pgText('event').notNull(),
      createdAt: pgText('created_at').notNull(),
    },
    (self) => [
      uniqueIndex('outbox_seq').on(self.seq).where(sql`${self.seq} is not null`),
      index('outbox_waiting').on(self.id).where(sql`${self.seq} is null`),
    ],
  ),
);

/** Events that a consumer has handled. Their ids are UUIDv7, so the key is also their order in time. */
export const inbox = sqliteTable(
  'inbox',
  { consumer: sqliteText('consumer').notNull(), eventId: sqliteText('event_id').notNull() },
  (self) => [primaryKey({ columns: [self.consumer, self.eventId] })],
);

pair(
  inbox,
  pgTable(
    'inbox',
    { consumer: pgText('consumer').notNull(), eventId: pgText('event_id').notNull() },
    (self) => [pgPrimaryKey({ columns: [self.consumer, self.eventId] })],
  ),
);

/** Events that could not be handled, until an operator replays or drops them. */
export const deadLetter = table('dead_letter', {
  id: key(),
  consumer: text(),
  stream: text(),
  seq: int(),
  event: text(),
  /** Empty where it cannot be read from the event. */
  eventType: text({ default: '' }),
  error: text(),
  deliveries: int(),
  diedAt: text(),
  /** When an operator requested a replay; null before. */
  replayAskedAt: optionalText(),
  /** When an operator dropped it, who that was and why; null before. */
  droppedAt: optionalText(),
  droppedBy: optionalText(),
  dropReason: optionalText(),
});

/** How far each reader of the outbox has come (embedded transport), and how far it was trimmed (Redis). */
export const logPosition = table('log_position', {
  reader: key(),
  seq: int(),
  /** How often a process started reading here without getting further. */
  starts: int({ default: 0 }),
});

export const messageTables = { outbox, inbox, deadLetter, logPosition };

/** A service's tables and those of its messages. */
export const withMessages = (tables: Readonly<Record<string, Table>>): Table[] => [
  ...Object.values(messageTables),
  ...Object.values(tables),
];
