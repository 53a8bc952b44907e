/** What waits, by the client whose it is: clients take turns, and so does what waits of each client. */
export function createFairQueue<Waiting extends { readonly client: string }>() {
  /** The first of the first is next. */
  const byClient = new Map<string, Set<Waiting>>();

  /** @returns what else waits of its client, if there is anything */
  function remove(waiting: Waiting): Set<Waiting> | undefined {
    const ofClient = byClient.get(waiting.client);
    ofClient?.delete(waiting);
    if (ofClient?.size === 0) byClient.delete(waiting.client);
    return byClient.get(waiting.client);
  }

  return {
    isEmpty: () => byClient.size === 0,
    add(waiting: Waiting): void {
      byClient.set(waiting.client, (byClient.get(waiting.client) ?? new Set()).add(waiting));
    },
    remove,
    /** Takes the next of the next client, who is the last one then. */
    take(): Waiting | undefined {
      const [client] = byClient.keys();
      if (client === undefined) return undefined;
      const [next] = byClient.get(client) ?? [];
      if (next === undefined) return undefined;
      const others = remove(next);
      if (others) {
        byClient.delete(client);
        byClient.set(client, others);
      }
      return next;
    },
  };
}
