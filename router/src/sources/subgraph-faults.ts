/** How long no fetch has failed before a success ends a fault: of several replicas, one may be away while the others respond. */
const QUIET_MS = 10_000;

/** The faults of one subgraph, by their reasons: each is logged as it begins, however many fetches it fails. */
export class SubgraphFaults {
  readonly #reasons = new Set<string>();
  #failedAt = 0;

  /** @returns whether the fault is new */
  failed(reason: string, now: number): boolean {
    this.#failedAt = now;
    if (this.#reasons.has(reason)) return false;
    this.#reasons.add(reason);
    return true;
  }

  succeeded(now: number): void {
    if (this.#reasons.size > 0 && now - this.#failedAt >= QUIET_MS) this.#reasons.clear();
  }
}
