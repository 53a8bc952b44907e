import { ErrorReply } from 'redis';
import { pause, runForever } from '../retry.ts';
import type { Consuming, Deliver } from '../transport.ts';
import type { Redis } from './client.ts';
import { type ConnectOptions, OfflineError } from './connect.ts';
import {
  abandoned,
  askForLost,
  type Member,
  release,
  removeDead,
  removeIfEmpty,
  uncount,
  withGroup,
} from './group.ts';
import { createInFlight } from './in-flight.ts';
import { MemberConnections } from './member-connections.ts';
import { groupProgress } from './stream-status.ts';

export interface GroupReaderOptions extends ConnectOptions, Member {
  /** An entry that has been pending for so long is taken over from the member that holds it. */
  readonly takeOverAfterMs: number;
  readonly deliver: Deliver;
}

/** What is being handled for longer when its reader is closed is given up; where another is faster, the inbox sees to one effect. */
const GIVE_UP_AFTER_MS = 1000;

/** What a member has given up waits for so long at most. */
const LONGEST_PAUSE_MS = 2000;

/**
 * Reads a stream as one member of a group, in two loops that run until it is closed:
 *
 * - Reading: a blocking XREADGROUP for the next new entries, which are delivered before the next read.
 * - Take-over: twice in the take-over time, and every few seconds, XAUTOCLAIM of what other members hold for longer than that,
 *   because they died, and of what they gave up. A reader that makes no progress itself takes nothing over. Names of dead
 *   members are removed once they hold nothing.
 *
 * Either loop makes the group, at the stream's beginning, when Redis does not know it. Entries are acknowledged when what
 * they are delivered to says so; what is not acknowledged stays pending, for a take-over: at once, and without a count of its
 * delivery, where the reader is closed in good order.
 */
export function startGroupReader(options: GroupReaderOptions): Consuming {
  const { stream, group, consumer, takeOverAfterMs, deliver, logger } = options;
  const member = { stream, group, consumer };
  const closing = new AbortController();
  const connections = new MemberConnections(options);
  const { other } = connections;
  const inFlight = createInFlight(
    deliver,
    (seqs) => connections.acknowledge(seqs),
    (seqs) => {
      const ids = connections.entries.idsOf(seqs);
      // Without Redis they count once more than they should.
      other.run((redis) => uncount(redis, member, ids)).catch(() => undefined);
    },
  );

  let isRefused = false;

  async function readNext(): Promise<void> {
    const entries = await connections.read();
    isRefused = false;
    await inFlight.deliver(entries.map((entry) => ({ ...entry, deliveries: 1 })));
  }

  async function takeOver(): Promise<void> {
    await pause(Math.min(takeOverAfterMs / 2, LONGEST_PAUSE_MS), closing.signal);
    // A stuck one (its database is unavailable, say) would only count up the deliveries of what it takes.
    if (closing.signal.aborted || inFlight.isStuck()) return;
    const trimmed = async (ids: readonly string[]) => {
      logger.error({ stream, group, ids }, 'entries trimmed before their group has handled them');
      await other.run((redis) => askForLost(redis, member));
    };
    const { entries } = connections;
    for await (const delivery of abandoned(other, member, entries, takeOverAfterMs, inFlight.has, trimmed)) {
      await inFlight.deliver([delivery]);
      if (closing.signal.aborted) return;
    }
    await other.run((redis) => removeDead(redis, member, takeOverAfterMs));
  }

  const failed = (error: unknown) => {
    if (error instanceof OfflineError) return;
    isRefused ||= error instanceof ErrorReply;
    logger.warn({ stream, group, err: error }, 'group read failed; retrying');
  };
  const running = Promise.all([
    runForever(withGroup(other, member, readNext), closing.signal, failed),
    runForever(withGroup(other, member, takeOver), closing.signal, failed),
  ]);
  return {
    isRefused: () => isRefused,
    progress: () => other.run((redis) => groupProgress(redis, member)),
    close: async () => {
      closing.abort();
      connections.endReading();
      const ended = new AbortController();
      const end = running.finally(() => ended.abort());
      await pause(GIVE_UP_AFTER_MS, ended.signal);
      await connections.close(giveUp);
      await end;
    },
  };

  async function giveUp(redis: Redis): Promise<void> {
    await release(redis, member, takeOverAfterMs);
    // The name of a member that holds nothing is of no use.
    await removeIfEmpty(redis, member);
  }
}
