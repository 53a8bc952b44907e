/**
 * A function of texts that are few, or come again soon, with its results kept.
 * @param most texts, beyond which all are forgotten
 * @param read is called again for what it throws at
 */
export function remembering<Result extends object>(
  most: number,
  read: (text: string) => Result,
): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const result = read(text);
    if (known.size >= most) known.clear();
    known.set(text, result);
    return result;
  };
}
