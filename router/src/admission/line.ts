/** Those who are served together while the sum of what they cost is below a bound, and one always; in the order of their coming. */
export class Line<Member> {
  readonly #bound: () => number;
  /** What each costs. */
  readonly #served = new Map<Member, number>();
  readonly #waiting = new Map<Member, number>();

  /** @param bound at present */
  constructor(bound: () => number) {
    this.#bound = bound;
  }

  /** @returns whether it is served at once */
  enter(member: Member, cost: number): boolean {
    // Where the bound has grown meanwhile, those who wait are served once one leaves: only then is it said who they are.
    const isNext = this.#waiting.size === 0;
    this.#waiting.set(member, cost);
    return isNext && this.#serve().includes(member);
  }

  isWaiting(member: Member): boolean {
    return this.#waiting.has(member);
  }

  /** Also of one that is not in it. @returns who is served now that was not before */
  leave(member: Member): readonly Member[] {
    this.#served.delete(member);
    this.#waiting.delete(member);
    return this.#serve();
  }

  #serve(): readonly Member[] {
    const begun: Member[] = [];
    let sum = this.#served.values().reduce((total, cost) => total + cost, 0);
    for (const [member, cost] of this.#waiting) {
      if (this.#served.size > 0 && sum + cost > this.#bound()) break;
      this.#waiting.delete(member);
      this.#served.set(member, cost);
      sum += cost;
      begun.push(member);
    }
    return begun;
  }
}
