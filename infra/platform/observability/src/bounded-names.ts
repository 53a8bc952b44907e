/** Characters of a name: a scrape writes it once for each sample. */
const LENGTH = 100;

/**
 * Bounds the values of a label that clients choose, each of which costs memory here and in Prometheus: names beyond the first
 * `most`, and long ones, become `other`, and a missing name `anonymous`.
 */
export function createBoundedNames(most: number): (name: string | null | undefined) => string {
  const known = new Set<string>();
  return (name) => {
    if (!name) return 'anonymous';
    if (known.has(name)) return name;
    if (known.size >= most || name.length > LENGTH) return 'other';
    known.add(name);
    return name;
  };
}
