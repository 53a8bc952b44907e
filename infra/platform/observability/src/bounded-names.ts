/** Names of clients are as many as clients like, and each of them would cost memory here and in Prometheus. */
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
