/** What happens in a run, each line with the seconds since its beginning. */
export function createHistory() {
  const lines: string[] = [];
  const begun = performance.now();
  const note = (what: string) => {
    lines.push(`${((performance.now() - begun) / 1000).toFixed(2).padStart(7)} s  ${what}`);
  };
  return {
    note,
    noteFault: (what: string) => note(`!! ${what}`),
    /** What is wrong, all faults, and of the rest what speaks of the ids that are named. */
    report(what: string): string {
      const ids = new Set(what.match(/[0-9a-f]{8}-[0-9a-f-]{27}|customer-\d+/g));
      const concerned = lines.filter(
        (line) => line.includes('!!') || [...ids].some((id) => line.includes(id)),
      );
      return `${what}\n\nHistory (faults, and what concerns these ids):\n${concerned.join('\n')}`;
    },
  };
}
