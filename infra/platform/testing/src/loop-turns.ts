/** Counts the turns of the event loop from now on; it is to be disposed of. */
export function loopTurns(): Disposable & { readonly count: () => number } {
  let turns = 0;
  let next: NodeJS.Immediate;
  const begin = () => {
    turns += 1;
    next = setImmediate(begin);
  };
  begin();
  return { count: () => turns, [Symbol.dispose]: () => clearImmediate(next) };
}
