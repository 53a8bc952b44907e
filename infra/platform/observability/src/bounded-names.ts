/**
 * Bounds the values of a label that clients choose, each of which costs memory here and in Prometheus: names beyond the first
 * `most` become `other`, and a missing name `anonymous`.
 */
export function createBoundedNames(most: number): (name: string | null | undefined) => string {
  const known = new Set<string>();
  return (name) => {
    if (!name) return 'anonymous';
    if (known.has(name)) return name;
    if (known.size >= most) return 'other';
    known.add(name);
    return name;
  };
}
