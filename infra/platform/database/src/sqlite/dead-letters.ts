import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { deadLetter } from '../message-tables.ts';
import type { DeadLetter, DeadLetters } from '../store.ts';
import type { Row } from '../table.ts';
import type { Sqlite } from './connect.ts';
import type { prepareMessages } from './statements.ts';

export function createDeadLetters(
  { db, client }: Sqlite,
  messages: ReturnType<typeof prepareMessages>,
  now: () => Date,
): DeadLetters {
  const undecided = { replayAskedAt: null, droppedAt: null, droppedBy: null, dropReason: null };
  const add = client.transaction((letter: DeadLetter) => {
    const { eventId, ...rest } = letter;
    const isNew = messages.markHandled(letter);
    if (isNew)
      db.insert(deadLetter)
        .values({ id: eventId, ...rest, ...undecided })
        .onConflictDoNothing()
        .run();
    return isNew;
  }).immediate;

  const rows = (where: SQL, order: SQL, limit: number): Row<typeof deadLetter>[] =>
    db.select().from(deadLetter).where(where).orderBy(order).limit(limit).all();
  const letters = (where: SQL, limit: number): DeadLetter[] =>
    rows(where, asc(deadLetter.diedAt), limit).map(letterOf);

  return {
    add: async (letter) => add(letter),
    list: async (limit = 1000) => letters(isNull(deadLetter.droppedAt), limit),
    count: async () => db.$count(deadLetter, isNull(deadLetter.droppedAt)),
    replayable: async (limit) => letters(isNotNull(deadLetter.replayAskedAt), limit),
    requestReplay: async ({ eventIds, eventType } = {}) =>
      db
        .update(deadLetter)
        .set({ replayAskedAt: now().toISOString() })
        .where(
          and(
            isNull(deadLetter.replayAskedAt),
            isNull(deadLetter.droppedAt),
            eventIds && inArray(deadLetter.id, [...eventIds]),
            eventType === undefined ? undefined : eq(deadLetter.eventType, eventType),
          ),
        )
        .run().changes,
    drop: async (eventIds, { by, reason }) =>
      db
        .update(deadLetter)
        .set({ replayAskedAt: null, droppedAt: now().toISOString(), droppedBy: by, dropReason: reason })
        .where(and(isNull(deadLetter.droppedAt), inArray(deadLetter.id, [...eventIds])))
        .run().changes,
    dropped: async (limit = 1000) =>
      rows(isNotNull(deadLetter.droppedAt), desc(deadLetter.droppedAt), limit).map((row) => ({
        ...letterOf(row),
        droppedAt: row.droppedAt ?? '',
        droppedBy: row.droppedBy ?? '',
        dropReason: row.dropReason ?? '',
      })),
    markReplayFailed: async (letter, error) => {
      db.update(deadLetter)
        .set({ replayAskedAt: null, error, deliveries: letter.deliveries + 1 })
        .where(and(eq(deadLetter.id, letter.eventId), eq(deadLetter.consumer, letter.consumer)))
        .run();
    },
  };
}

function letterOf(row: Row<typeof deadLetter>): DeadLetter {
  const { id, replayAskedAt: _, droppedAt: __, droppedBy: ___, dropReason: ____, ...letter } = row;
  return { eventId: id, ...letter };
}
