import { TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { formatDay, formatMoney } from '../../app/format.ts';
import type { Flight } from '../../data/rows.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Departed } from '../flights/departed-mark.tsx';
import styles from './flight-picker.module.css';
import { useFlightCombobox } from './use-flight-combobox.ts';
import type { Choice } from './use-pick.ts';

interface FlightPickerProps extends Choice {
  readonly error?: ReactNode;
  readonly isLocked?: boolean;
  readonly size?: 'xs' | 'sm';
}

/** A field in which a flight is found by the beginning of its code; a combobox as WAI-ARIA has it. */
export function FlightPicker({ error, isLocked = false, size = 'sm', ...choice }: FlightPickerProps) {
  const texts = useTexts();
  const listId = useId();
  const { typed, found, active, isSearching, pick, open, type, press, leave } = useFlightCombobox(choice);
  return (
    <div className={styles.picker}>
      <TextInput
        size={size}
        label={texts.bookings.flight}
        placeholder={texts.bookings.chooseFlight}
        value={typed ?? choice.flight?.flightCode ?? ''}
        error={error}
        autoComplete="off"
        spellCheck={false}
        readOnly={isLocked}
        role="combobox"
        aria-expanded={typed !== undefined}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={typed !== undefined && found[active] ? `${listId}-${active}` : undefined}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onClick={open}
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
