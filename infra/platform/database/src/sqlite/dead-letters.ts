import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { deadLetter } from '../message-tables.ts';
import type { DeadLetter, DeadLetters } from '../store.ts';
import type { Sqlite } from './connect.ts';
import type { prepareMessages } from './statements.ts';

export function createDeadLetters(
  { db, client }: Sqlite,
  messages: ReturnType<typeof prepareMessages>,
  now: () => Date,
): DeadLetters {
  const add = client.transaction((letter: DeadLetter) => {
    const { eventId, ...rest } = letter;
    const isNew = messages.markHandled(letter);
    if (isNew)
      db.insert(deadLetter)
        .values({ id: eventId, ...rest, replayAskedAt: null })
        .onConflictDoNothing()
        .run();
    return isNew;
  }).immediate;

  const letters = (where: ReturnType<typeof isNull> | undefined, limit: number): DeadLetter[] =>
    db
      .select()
      .from(deadLetter)
      .where(where)
      .orderBy(asc(deadLetter.diedAt))
      .limit(limit)
      .all()
      .map(({ id, replayAskedAt: _, ...letter }) => ({ eventId: id, ...letter }));

  return {
    add: async (letter) => add(letter),
    list: async (limit = 1000) => letters(undefined, limit),
    replayable: async (limit) => letters(isNotNull(deadLetter.replayAskedAt), limit),
    requestReplay: async (eventIds) =>
      db
        .update(deadLetter)
        .set({ replayAskedAt: now().toISOString() })
        .where(and(isNull(deadLetter.replayAskedAt), eventIds && inArray(deadLetter.id, [...eventIds])))
        .run().changes,
    markReplayFailed: async (letter, error) => {
      db.update(deadLetter)
        .set({ replayAskedAt: null, error, deliveries: letter.deliveries + 1 })
        .where(and(eq(deadLetter.id, letter.eventId), eq(deadLetter.consumer, letter.consumer)))
        .run();
    },
  };
}
