/** Entries kept in memory at most; half of them are let go of at once. */
const MOST = 2000;

/**
 * The end of a log in memory. Entries are mostly published and read right after their commit, and then
 * need no query.
 */
export function createRecent<Entry extends { readonly seq: number }>() {
  let entries: Entry[] = [];

  return {
    add(added: readonly Entry[]): void {
      const [first] = added;
      const last = entries.at(-1);
      // Where numbers are missing, another process has written: what was before is of no use.
      if (last && first && first.seq !== last.seq + 1) entries = [];
      entries.push(...added);
      if (entries.length > MOST) entries = entries.slice(-MOST / 2);
    },
    discard(upTo: number): void {
      entries = entries.filter(({ seq }) => seq > upTo);
    },
    /** What there is above `after`, although numbers may be missing before it. */
    since(after: number, limit: number): Entry[] {
      const start = Math.max(0, after + 1 - (entries[0]?.seq ?? 0));
      return entries.slice(start, start + limit);
    },
    /** Entries above `after`; undefined where only the database knows: before these, and, written by others, after. */
    read(after: number, limit: number): Entry[] | undefined {
      const [first] = entries;
      const last = entries.at(-1);
      if (!first || !last || after + 1 < first.seq || after >= last.seq) return undefined;
      const start = after + 1 - first.seq;
      return entries.slice(start, start + limit);
    },
  };
}
