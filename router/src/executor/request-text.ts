/** A variable of a request to a subgraph. */
interface Usage {
  /** Its name there as JSON, and a colon. */
  readonly head: string;
  /** Its name in the client's request. */
  readonly from: string;
  /** Its name there. */
  readonly name: string;
}

/** A request's JSON, ready but for the values of its variables. */
export class RequestText {
  readonly query: string;
  readonly #head: string;
  readonly #usages: readonly Usage[];

  /** @param original the client's name of a variable where the planner knows it by another */
  constructor(query: string, variables: Iterable<string>, original: ReadonlyMap<string, string>) {
    this.query = query;
    this.#head = `{"query":${JSON.stringify(query)},"variables":{`;
    this.#usages = [...variables].map((name) => ({
      name,
      head: `${JSON.stringify(name)}:`,
      from: original.get(name) ?? name,
    }));
  }

  /**
   * @param given the client's variables; what it left out is left out
   * @param more members of `variables` as JSON
   */
  write(given: Readonly<Record<string, unknown>>, more = ''): string {
    let text = more;
    for (const { head, from } of this.#usages) {
      if (!Object.hasOwn(given, from) || given[from] === undefined) continue;
      text += `${text === '' ? '' : ','}${head}${JSON.stringify(given[from])}`;
    }
    return `${this.#head}${text}}}`;
  }

  /** The variables that `write` writes. */
  variables(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const used = this.#usages.filter(({ from }) => Object.hasOwn(given, from) && given[from] !== undefined);
    return Object.fromEntries(used.map(({ name, from }) => [name, given[from]]));
  }
}
