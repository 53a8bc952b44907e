/** A reader's low-water mark: the highest number up to which everything is acknowledged. */
export function createLowWaterMark(from: number) {
  const outstanding = new Set<number>();
  let delivered = from;

  return {
    deliver(seqs: Iterable<number>): void {
      for (const seq of seqs) {
        outstanding.add(seq);
        delivered = seq;
      }
    },
    acknowledge(seqs: readonly number[]): void {
      for (const seq of seqs) outstanding.delete(seq);
    },
    /** The numbers that are not acknowledged: how many, and the lowest. */
    pending(): { readonly count: number; readonly oldest: number | undefined } {
      const [oldest] = outstanding;
      return { count: outstanding.size, oldest };
    },
    seq(): number {
      // A set iterates in the order of insertion, and numbers are delivered in ascending order.
      const [oldest] = outstanding;
      return oldest === undefined ? delivered : oldest - 1;
    },
  };
}
