import type { Logger } from '@airline/observability';
import type { PublishOptions } from '../transport.ts';
import type { Connection } from './connect.ts';
import { removeIfEntriesAreLost } from './lost-entries.ts';
import { trim } from './trim.ts';

const TRIM_INTERVAL_MS = 60_000;
const LOSS_CHECK_INTERVAL_MS = 2000;

export interface UpkeepOptions extends PublishOptions {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Sees to it that a stream holds what its groups need, and little else; each of both when it is due. */
export function createUpkeep(options: UpkeepOptions) {
  const { stream, connection, logger, now } = options;
  let trimmedAt = 0;
  let lossCheckedAt = 0;
  let needed: number | undefined;
  let isLossLogged = false;

  /** Whether an interval is over, also where the clock was set back since. */
  function isDue(doneAt: number, intervalMs: number): boolean {
    const elapsedMs = now().getTime() - doneAt;
    return elapsedMs < 0 || elapsedMs >= intervalMs;
  }

  /** Trims what every group has acknowledged. */
  async function trimWhenDue(): Promise<void> {
    if (!isDue(trimmedAt, TRIM_INTERVAL_MS)) return;
    trimmedAt = now().getTime();
    await connection.run((redis) => trim(redis, options, now()));
  }

  /** Checks that what a group has yet to handle is there; true when the stream was removed, as some of that is not. */
  async function removeWhenLossy(): Promise<boolean> {
    if (!isDue(lossCheckedAt, LOSS_CHECK_INTERVAL_MS)) return false;
    lossCheckedAt = now().getTime();
    const { lost, ...check } = await connection.run((redis) =>
      removeIfEntriesAreLost(redis, options, needed),
    );
    needed = check.needed;
    if (lost && !(isLossLogged && !lost.isRemoved)) {
      logger.error(
        { stream, ...lost },
        lost.isRemoved
          ? 'entries that a group needs were removed from the stream; filling it again'
          : 'entries that a group needs were removed from the stream, which Redis does not let be removed',
      );
    }
    isLossLogged = lost !== undefined;
    return lost?.isRemoved ?? false;
  }

  return { trimWhenDue, removeWhenLossy };
}
