/** How far a reader has come for good: the highest number below which nothing is left to acknowledge. */
export function createAcknowledged(from: number) {
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
    /** What is left to acknowledge: how many, and the lowest number of them. */
    pending(): { readonly count: number; readonly oldest: number | undefined } {
      const [oldest] = outstanding;
      return { count: outstanding.size, oldest };
    },
    position(): number {
      // A set iterates in the order of insertion, and numbers are delivered in ascending order.
      const [oldest] = outstanding;
      return oldest === undefined ? delivered : oldest - 1;
    },
  };
}
