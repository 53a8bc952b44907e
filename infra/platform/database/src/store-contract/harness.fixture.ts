import { tempFolder } from '@airline/testing';
import { deposit, idAt, type SampleState } from '@airline/testing/sample';
import { onTestFinished } from 'vitest';
import type { CommitReport } from '../commit-report.ts';
import type { Store } from '../store.ts';

export interface Opened extends AsyncDisposable {
  readonly store: Store<SampleState>;
  /** How many transactions were committed so far. */
  commits(): number;
  /** What it has reported of its transactions so far. */
  readonly reports: readonly CommitReport[];
}

/** Opens the sample service's store; what was written at the same `place` before is there again. */
export type Open = (place: string, now: () => Date) => Promise<Opened>;

/** A store of one test, at an instant that the test moves, and that can be opened again. */
export async function start(open: Open) {
  const folder = await tempFolder();
  const clock = { at: new Date('2024-11-21T10:00:00.000Z') };
  const reopen = async () => {
    const opened = await open(folder.path, () => clock.at);
    onTestFinished(() => opened[Symbol.asyncDispose]());
    return opened;
  };
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return { ...(await reopen()), clock, reopen };
}

/** The numbers of all entries in a log. */
export const seqsOf = async ({ log }: Pick<Store<SampleState>, 'log'>) =>
  (await log.read(0, 10_000)).map(({ seq }) => seq);

/** The numbers of all entries in a log, and whom each is about. */
export const subjectsOf = async ({ log }: Pick<Store<SampleState>, 'log'>) =>
  (await log.read(0, 10_000)).map(({ seq, event }) => [seq, JSON.parse(event).subject]);

/** 1 to `count`. */
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Publishes 2,500 entries, each for an event that was handled a second before an instant. */
export async function publishThousands(store: Store<SampleState>, before: Date): Promise<void> {
  const old = new Date(before.getTime() - 1000);
  await Promise.all(
    upTo(2500).map(() => store.handle({ consumer: 'c', eventId: idAt(old) }, deposit('a', 1))),
  );
}
