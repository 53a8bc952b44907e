import type { EventLog } from '@airline/database';
import { onTestFinished } from 'vitest';
import type { Redis } from './client.ts';

/**
 * Publishes as one would at first: it remembers what it has sent, and takes a refused id for one that is there
 * already. For tests that show what the real relay's comparison is for.
 */
export function startNaiveRelay(redis: Pick<Redis, 'xAdd'>, stream: string, log: EventLog): void {
  let sent = 0;
  let sending = Promise.resolve();

  async function send(): Promise<void> {
    for (const { seq, event } of await log.read(sent, 500)) {
      await redis.xAdd(stream, `${seq}-0`, { event }).catch((error: Error) => {
        if (!error.message.includes('equal or smaller')) throw error;
      });
      sent = seq;
    }
  }

  const stop = log.onAppend(() => {
    sending = sending.then(send);
  });
  onTestFinished(async () => {
    stop();
    await sending;
  });
}
