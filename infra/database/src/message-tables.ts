import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// The tables by which a service's state and its messages share one transaction. Every service's database has them.

/** Events in the order in which they were committed; `seq` is dense and becomes the stream's entry id. */
export const outbox = sqliteTable('outbox', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  event: text('event').notNull(),
  createdAt: text('created_at').notNull(),
});

/** Events that a consumer has handled. Their ids are UUIDv7, so the key is also their order in time. */
export const inbox = sqliteTable(
  'inbox',
  { consumer: text('consumer').notNull(), eventId: text('event_id').notNull() },
  (self) => [primaryKey({ columns: [self.consumer, self.eventId] })],
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

/** How far each reader of the outbox has come (embedded transport), and how far it was trimmed (Redis). */
export const logPosition = sqliteTable('log_position', {
  reader: text('reader').primaryKey(),
  seq: integer('seq').notNull(),
  /** How often a process started reading here without getting further. */
  starts: integer('starts').notNull().default(0),
});

export const messageTables = { outbox, inbox, deadLetter, logPosition };
