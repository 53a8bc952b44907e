/** What the one line of an outage says, so that further lines with them would only repeat it. */
const announced = new WeakSet<Error>();

/** Whether an error, or what caused it, is of an outage that has a line of its own in the log. */
export const isAnnounced = (error: unknown): boolean =>
  error instanceof Error && (announced.has(error) || isAnnounced(error.cause));

/** What many parts of a process use, and which is away for all of them at once. */
export interface Outage {
  /** Runs what uses it; `isAway` says whether an error is of the outage. */
  watch<Result>(work: () => Promise<Result>, isAway: (error: unknown) => boolean): Promise<Result>;
}

export interface OutageOptions {
  /** Called with the first error. */
  readonly begins: (error: Error) => void;
  readonly ends: () => void;
}

/**
 * An outage from the first failure until the next success. What was begun before either says nothing any more: of many
 * connections some notice late that they are lost.
 */
export function createOutage({ begins, ends }: OutageOptions): Outage {
  let works = 0;
  /** The last work that had begun when the outage did, or when it ended. */
  let changedAt = 0;
  let isOut = false;

  function change(to: boolean): void {
    isOut = to;
    changedAt = works;
  }

  return {
    watch: async (work, isAway) => {
      works += 1;
      const own = works;
      try {
        const result = await work();
        if (isOut && own > changedAt) {
          change(false);
          ends();
        }
        return result;
      } catch (error) {
        if (error instanceof Error && isAway(error)) {
          if (!isOut && own > changedAt) {
            change(true);
            begins(error);
          }
          announced.add(error);
        }
        throw error;
      }
    },
  };
}
