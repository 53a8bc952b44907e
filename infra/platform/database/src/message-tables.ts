import { sql } from 'drizzle-orm';
import { bigint, index, primaryKey as pgPrimaryKey, pgTable, uniqueIndex } from 'drizzle-orm/pg-core';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { pair, pgInt, pgText } from './table.ts';

// The tables by which a service's state and its messages share one transaction. Every service's database has them.

/** Events in the order in which they were committed; `seq` is dense and becomes the stream's entry id. */
export const outbox = sqliteTable('outbox', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  event: text('event').notNull(),
  createdAt: text('created_at').notNull(),
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
  { consumer: text('consumer').notNull(), eventId: text('event_id').notNull() },
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

/** Events that could not be handled, until an operator replays them. */
export const deadLetter = sqliteTable('dead_letter', {
  id: text('id').primaryKey(),
  consumer: text('consumer').notNull(),
  stream: text('stream').notNull(),
  seq: integer('seq').notNull(),
  event: text('event').notNull(),
  error: text('error').notNull(),
  deliveries: integer('deliveries').notNull(),
  diedAt: text('died_at').notNull(),
  /** When an operator asked for a replay; null while nobody did. */
  replayAskedAt: text('replay_asked_at'),
});

pair(
  deadLetter,
  pgTable('dead_letter', {
    id: pgText('id').primaryKey(),
    consumer: pgText('consumer').notNull(),
    stream: pgText('stream').notNull(),
    seq: pgInt('seq').notNull(),
    event: pgText('event').notNull(),
    error: pgText('error').notNull(),
    deliveries: pgInt('deliveries').notNull(),
    diedAt: pgText('died_at').notNull(),
    replayAskedAt: pgText('replay_asked_at'),
  }),
);

/** How far each reader of the outbox has come (embedded transport), and how far it was trimmed (Redis). */
export const logPosition = sqliteTable('log_position', {
  reader: text('reader').primaryKey(),
  seq: integer('seq').notNull(),
  /** How often a process started reading here without getting further. */
  starts: integer('starts').notNull().default(0),
});

pair(
  logPosition,
  pgTable('log_position', {
    reader: pgText('reader').primaryKey(),
    seq: pgInt('seq').notNull(),
    starts: pgInt('starts').notNull().default(0),
  }),
);

export const messageTables = { outbox, inbox, deadLetter, logPosition };
