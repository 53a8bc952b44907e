import type { Acknowledge, Deliver, Delivery } from '../transport.ts';

/**
 * What a reader has delivered and what is not acknowledged yet.
 * @param attempted gets what was attempted to an end, without success
 */
export function createInFlight(
  deliver: Deliver,
  acknowledge: Acknowledge,
  attempted: (seqs: readonly number[]) => void,
) {
  const inFlight = new Set<number>();
  let hasProgress = true;

  return {
    /** Delivers what is not in flight already: a stream that is filled again has them again. */
    async deliver(batch: readonly Delivery[]): Promise<void> {
      const fresh = batch.filter(({ seq }) => !inFlight.has(seq));
      if (fresh.length === 0) return;
      for (const { seq } of fresh) inFlight.add(seq);
      await deliver(fresh, (seqs) => {
        hasProgress = true;
        for (const seq of seqs) inFlight.delete(seq);
        acknowledge(seqs);
      });
      const left = fresh.map(({ seq }) => seq).filter((seq) => inFlight.has(seq));
      if (left.length > 0) attempted(left);
    },
    has: (seq: number): boolean => inFlight.has(seq),
    /** Whether entries are in flight, and none was acknowledged since the last call that returned false. */
    isStuck(): boolean {
      if (inFlight.size > 0 && !hasProgress) return true;
      hasProgress = false;
      return false;
    },
  };
}
