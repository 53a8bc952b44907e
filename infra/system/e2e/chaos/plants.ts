/** A fault of the code: what stands in one file, and what takes its place. */
export interface Plant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Faults that the chaos suite must find, each of them a promise of the design that is broken. */
export const plants: Readonly<Record<string, Plant>> = {
  /** Redelivered events are handled again. */
  'inbox off': {
    file: 'infra/platform/database/src/postgres/decisions.ts',
    from: 'if (message && !unhandled.delete(nameOf(message, job.isReplay))) return { result: false };',
    to: '',
  },
  /** Two replicas decide on the same row. */
  'for update off': { file: 'infra/platform/database/src/postgres/rows.ts', from: ' for update`', to: '`' },
  /** What a process had in hand when it died is not delivered again. */
  'acknowledge before commit': {
    file: 'infra/platform/messaging/src/consumer.ts',
    from: 'const failures = await Promise.all(',
    to: 'acknowledge(batch.map(({ seq }) => seq)); const failures = await Promise.all(',
  },
  /** A stream that came back empty, or set back, has ids that its relay does not know. */
  '* stream ids': {
    file: 'infra/platform/messaging/src/redis/append.ts',
    from: "string.format('%.0f-0', seq)",
    to: "'*'",
  },
};
