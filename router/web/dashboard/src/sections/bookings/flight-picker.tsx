import { TextInput } from '@mantine/core';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { formatDay, formatMoney } from '../../app/format.ts';
import type { Flight } from '../../data/rows.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Departed } from '../flights/departed-mark.tsx';
import styles from './flight-picker.module.css';
import { useFoundFlights } from './use-found-flights.ts';

interface FlightPickerProps {
  /** The chosen flight; undefined: none is. */
  readonly flight: Flight | undefined;
  readonly choose: (id: string) => void;
  /** Called when the field of a chosen flight is emptied, or left with what is not found yet. */
  readonly clear: () => void;
  /** Called when what was typed was left before it is found. @param finding the flight, which is then chosen, if there is one */
  readonly lookingUp?: (finding: Promise<unknown>) => void;
  readonly error?: ReactNode;
  readonly isLocked?: boolean;
  readonly size?: 'xs' | 'sm';
}

/** A field in which a flight is found by the beginning of its code; a combobox as WAI-ARIA has it. */
export function FlightPicker({
  flight,
  choose,
  clear,
  lookingUp,
  error,
  isLocked = false,
  size = 'sm',
}: FlightPickerProps) {
  const texts = useTexts();
  const listId = useId();
  /** What is being typed; undefined: the chosen flight stands there. */
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const { found, isSearching, search } = useFoundFlights(typed);
  const current = found[active];
  /** What is looked up, unless a flight was chosen since. */
  const latest = useRef<ReturnType<typeof search>>(undefined);
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
    setTyped(undefined);
  }

  /** Also before what was typed quickly has been found; until then, and without such a flight, none is chosen. */
  async function pickTyped(prefix: string): Promise<void> {
    if (current) return pick(current);
    clear();
    const finding = search(prefix);
    latest.current = finding;
    lookingUp?.(finding);
    const [first] = await finding;
    if (first && latest.current === finding) pick(first);
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
      void pickTyped(typed);
    }
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      move(key === 'ArrowDown' ? 1 : -1);
    }
  }

  function leave({ currentTarget }: FocusEvent): void {
    // It has the focus again when this window has.
    if (currentTarget === document.activeElement) return;
    if (typed?.trim()) void pickTyped(typed);
    setTyped(undefined);
  }

  return (
    <div className={styles.picker}>
      <TextInput
        size={size}
        label={texts.bookings.flight}
        placeholder={texts.bookings.chooseFlight}
        value={typed ?? flight?.flightCode ?? ''}
        error={error}
        autoComplete="off"
        spellCheck={false}
        readOnly={isLocked}
        role="combobox"
        aria-expanded={typed !== undefined}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={typed !== undefined && current ? `${listId}-${active}` : undefined}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          if (flight && currentTarget.value === '') clear();
          setActive(0);
        }}
        onClick={() => setTyped((known) => known ?? '')}
        onKeyDown={press}
        onBlur={leave}
      />
      <div id={listId} role="listbox" aria-label={texts.flights.heading} hidden={typed === undefined}>
        {typed !== undefined &&
          found.map((each, index) => (
            <Option
              key={each.id}
              id={`${listId}-${index}`}
              flight={each}
              isActive={index === active}
              pick={() => pick(each)}
            />
          ))}
      </div>
      {typed !== undefined && found.length === 0 && !isSearching && (
        <p role="status" className={styles.nothing}>
          {texts.lists.nothing}
        </p>
      )}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly flight: Flight;
  readonly isActive: boolean;
  readonly pick: () => void;
}

function Option({ id, flight, isActive, pick }: OptionProps) {
  const texts = useTexts();
  const language = useLanguage();
  const { flightCode, takeoffDate, cost, currency, remainingSeatsCount } = flight;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      onClick={pick}
      onPointerDown={(event) => event.preventDefault()}
    >
      <strong>{flightCode}</strong>
      <span>
        {formatDay(takeoffDate, language)} · <Departed flight={flight} />{' '}
        {formatMoney(cost, language, currency)} ·{' '}
        {remainingSeatsCount === 0 ? texts.flights.soldOut : texts.bookings.seatsLeft(remainingSeatsCount)}
      </span>
    </div>
  );
}
