import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { useFoundFlights } from './use-found-flights.ts';
import { type Choice, usePick } from './use-pick.ts';

/** What is typed, the flights that begin like it, and what keys do with them. */
export function useFlightCombobox(choice: Choice) {
  const { flight, choose, clear } = choice;
  /** What is being typed; undefined: the chosen flight stands there. */
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const { found, isSearching, search } = useFoundFlights(typed);
  const chosen = (id: string) => {
    choose(id);
    setTyped(undefined);
  };
  const { pick, pickFirst } = usePick({ ...choice, choose: chosen }, search);

  /** Also before what was typed quickly has been found. */
  function pickTyped(prefix: string): void {
    const current = found[active];
    if (current) pick(current);
    else void pickFirst(prefix);
  }

  function type(text: string): void {
    setTyped(text);
    if (flight && text === '') clear();
    setActive(0);
  }

  function move(step: number): void {
    setTyped(typed ?? '');
    setActive(typed === undefined ? 0 : (active + step + found.length) % Math.max(1, found.length));
  }

  function press(event: KeyboardEvent): void {
    // Enter also ends the composition of a syllable.
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'Escape') setTyped(undefined);
    if (key === 'Enter' && typed !== undefined) {
      event.preventDefault();
      pickTyped(typed);
    }
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      move(key === 'ArrowDown' ? 1 : -1);
    }
  }

  function leave({ currentTarget }: FocusEvent): void {
    // It has the focus again when this window has.
    if (currentTarget === document.activeElement) return;
    if (typed?.trim()) pickTyped(typed);
    setTyped(undefined);
  }

  const open = () => setTyped((known) => known ?? '');
  return { typed, found, active, isSearching, pick, open, type, press, leave };
}
