/**
 * Of each field of a filter, what the address asks for, and the condition in words, undefined where another's says it, too. A
 * field of the graph that lacks is a type error: a search for it would find nothing and say that there is nothing.
 */
export type Search<Filter, Context> = {
  readonly [Field in keyof Filter]-?: {
    readonly read: (query: URLSearchParams) => Filter[Field];
    readonly say: (asked: NonNullable<Filter[Field]>, context: Context) => string | undefined;
  };
};

/** What the address asks for; what is empty or cannot be read in it is no condition. */
export function filterOf<Filter, Context>(
  search: Search<Filter, Context>,
  query: URLSearchParams,
): Partial<Filter> {
  const filter: Partial<Filter> = {};
  for (const field in search) {
    const asked = search[field].read(query);
    if (asked != null && asked !== '') filter[field] = asked;
  }
  return filter;
}

/** Each condition in words. */
export function wordsOf<Filter, Context>(
  search: Search<Filter, Context>,
  filter: Filter,
  context: Context,
): string[] {
  const words: string[] = [];
  for (const field in search) {
    const asked = filter[field];
    const said = asked == null ? undefined : search[field].say(asked, context);
    if (said !== undefined) words.push(said);
  }
  return words;
}
