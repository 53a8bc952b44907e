import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { deadLetter } from '../message-tables.ts';
import type { DeadLetter, DeadLetters } from '../store.ts';
import type { Sqlite } from './connect.ts';
import type { prepareMessages } from './statements.ts';

const { id, replayAskedAt, droppedAt, droppedBy, dropReason, ...rest } = getTableColumns(deadLetter);
const letterColumns = { eventId: id, ...rest };

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

  const letters = (where: SQL, limit: number): DeadLetter[] =>
    db.select(letterColumns).from(deadLetter).where(where).orderBy(asc(deadLetter.diedAt)).limit(limit).all();

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
      db
        .select({ ...letterColumns, droppedAt, droppedBy, dropReason })
        .from(deadLetter)
        .where(isNotNull(deadLetter.droppedAt))
        .orderBy(desc(deadLetter.droppedAt))
        .limit(limit)
        .all()
        .map((row) => ({
          ...row,
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
