/** What may happen next, as something to do. */
export type Choices = readonly (() => Promise<void>)[];

/**
 * Goes through every order in which things can happen. `begin` starts anew and returns how to see what may
 * happen next; an order ends when that is nothing, and then `end` is called. Returns how many orders there are.
 */
export async function everyOrder<Begun>(
  begin: () => Promise<Begun>,
  choicesOf: (begun: Begun) => Promise<Choices>,
  end: (begun: Begun) => Promise<void>,
): Promise<number> {
  // The order to try next: at each point, which of how many choices is taken.
  let path: { readonly taken: number; readonly of: number }[] = [];
  for (let orders = 1; ; orders += 1) {
    const begun = await begin();
    for (let point = 0; ; point += 1) {
      const choices = await choicesOf(begun);
      if (choices.length === 0) break;
      const here = path[point] ?? { taken: 0, of: choices.length };
      path[point] = here;
      await choices[here.taken]?.();
    }
    await end(begun);
    const next = path.findLastIndex(({ taken, of }) => taken < of - 1);
    const there = path[next];
    if (!there) return orders;
    path = [...path.slice(0, next), { ...there, taken: there.taken + 1 }];
  }
}
