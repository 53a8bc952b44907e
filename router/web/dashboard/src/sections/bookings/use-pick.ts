import { useEffect, useRef } from 'react';
import type { Flight } from '../../data/rows.ts';

export interface Choice {
  /** The chosen flight; undefined: none is. */
  readonly flight: Flight | undefined;
  readonly choose: (id: string) => void;
  /** Called when the field of a chosen flight is emptied, or left with what is not found yet. */
  readonly clear: () => void;
  /** Called when what was typed was left before it is found. @param finding the flight, which is then chosen, if there is one */
  readonly lookingUp?: (finding: Promise<unknown>) => void;
}

type Search = (prefix: string) => Promise<readonly Flight[]>;

/** Chooses a flight that is there, or the first one that is found, unless one was chosen since. */
export function usePick({ flight, choose, clear, lookingUp }: Choice, search: Search) {
  const latest = useRef<ReturnType<Search>>(undefined);
  const forget = () => {
    latest.current = undefined;
  };
  const chosenId = flight?.id;
  // A flight that was chosen elsewhere on the page meanwhile is the later wish.
  useEffect(() => {
    if (chosenId !== undefined) forget();
  }, [chosenId]);

  function pick(picked: Flight): void {
    forget();
    choose(picked.id);
  }

  /** Until it is found, and without such a flight, none is chosen. */
  async function pickFirst(prefix: string): Promise<void> {
    clear();
    const finding = search(prefix);
    latest.current = finding;
    lookingUp?.(finding);
    const [first] = await finding;
    if (first && latest.current === finding) pick(first);
  }
  return { pick, pickFirst };
}
