import type { LogEntry } from '@airline/database';
import type { Redis } from './client.ts';
import { type Connection, type ConnectOptions, connect } from './connect.ts';
import { messagesOf, ReaderEntries } from './entry.ts';
import type { Member } from './group.ts';

const BATCH = 200;
const BLOCK_MS = 2000;

/** Timeout of closing, for a Redis that does not reply. */
const CLOSE_TIMEOUT_MS = 2000;

/** The connections of a group's member: one for blocking reads, which hold up all else on it, and one for other commands. */
export class MemberConnections {
  readonly other: Connection;
  readonly entries = new ReaderEntries();
  readonly #blocking: Connection;
  readonly #options: ConnectOptions & Member;
  #isBlocked = false;
  #isClosing = false;

  constructor(options: ConnectOptions & Member) {
    this.#options = options;
    this.#blocking = connect(options);
    this.other = connect(options);
  }

  /** The next new entries; none on timeout. */
  async read(): Promise<LogEntry[]> {
    const { stream, group, consumer } = this.#options;
    this.#isBlocked = true;
    try {
      const key = { key: stream, id: '>' };
      const reply = await this.#blocking.run((redis) =>
        redis.xReadGroup(group, consumer, key, { COUNT: BATCH, BLOCK: BLOCK_MS }),
      );
      return messagesOf(reply).map((message) => this.entries.entryOf(message));
    } finally {
      this.#isBlocked = false;
    }
  }

  acknowledge(seqs: readonly number[]): void {
    const { stream, group, logger } = this.#options;
    const ids = this.entries.acknowledged(seqs);
    // Between two reads it is sent together with the next one: one packet less for each batch.
    const connection = this.#isBlocked || this.#isClosing ? this.other : this.#blocking;
    connection
      .run((redis) => redis.xAck(stream, group, ids))
      .catch((error: unknown) => {
        // They will be taken over and found in the inbox.
        if (!this.#isClosing) logger.debug({ stream, err: error }, 'acknowledgement lost');
      });
  }

  /** Ends the read in flight; no other succeeds. */
  endReading(): void {
    this.#isClosing = true;
    this.#blocking.disconnect();
  }

  /** Runs the last commands, which come after all acknowledgements, until the timeout at most, and disconnects. */
  async close(last: (redis: Redis) => Promise<void>): Promise<void> {
    const timeout = setTimeout(() => this.other.disconnect(), CLOSE_TIMEOUT_MS);
    await this.other.run(last).catch(() => undefined);
    clearTimeout(timeout);
    this.other.disconnect();
  }
}
