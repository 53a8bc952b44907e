import { Button, TextInput } from '@mantine/core';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { useList, useLit, useRow, useServices } from '../../app/context.ts';
import { formatDate, formatMoney, formatNumber } from '../../app/format.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import styles from './flights.module.css';
import { RegisterFlight } from './register-flight.tsx';
import { SeatPicture } from './seat-picture.tsx';

const STEP = 6;

interface FlightsProps {
  /** Puts a flight into the booking form. */
  readonly book: (id: string) => void;
}

/** The flights, those that were registered last first. */
export function Flights({ book }: FlightsProps) {
  const { store, live, may } = useServices();
  const texts = useTexts();
  const entries = useList(store.flights);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(STEP);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const found = useMemo(
    () =>
      entries
        .filter(({ row }) => row.flightCode.toLowerCase().includes(wanted))
        // A UUIDv7 sorts by its creation.
        .sort((one, other) => (one.row.id < other.row.id ? 1 : -1)),
    [entries, wanted],
  );
  return (
    <Panel
      id="flights"
      heading={texts.flights.heading}
      note={entries.length > 0 ? texts.flights.count(entries.length) : undefined}
      actions={may.registerFlights ? <RegisterFlight /> : undefined}
      isFlush
    >
      <Loaded loader={live.flights} lines={8}>
        {entries.length === 0 && (
          <Empty
            title={texts.flights.empty}
            {...(may.registerFlights && { hint: texts.flights.emptyHint })}
          />
        )}
        {entries.length > STEP && (
          <div className={styles.toolbar}>
            <TextInput
              type="search"
              size="xs"
              aria-label={texts.flights.search}
              placeholder={texts.flights.search}
              value={search}
              onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            />
          </div>
        )}
        {entries.length > 0 && found.length === 0 && <Empty title={texts.flights.noMatch} />}
        <ul className={styles.list}>
          {found.slice(0, shown).map(({ row }) => (
            <FlightItem key={row.id} id={row.id} book={book} />
          ))}
        </ul>
        {found.length > shown && (
          <div className={styles.more}>
            <Button size="xs" variant="default" onClick={() => setShown(shown + STEP)}>
              {texts.flights.more(Math.min(STEP, found.length - shown))}
            </Button>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}

const FlightItem = memo(function FlightItem({ id, book }: { readonly id: string } & FlightsProps) {
  const { store, may } = useServices();
  const entry = useRow(store.flights, id);
  const texts = useTexts();
  const language = useLanguage();
  const isLit = useLit(entry?.pushedAt);
  if (!entry) return null;
  const { flightCode, takeoffDate, cost, capacity, remainingSeatsCount } = entry.row;
  const isSoldOut = remainingSeatsCount === 0;
  return (
    <li className={styles.flight} data-lit={isLit}>
      <div>
        <h3 className={styles.code}>{flightCode}</h3>
        <div className={styles.facts}>
          <time dateTime={takeoffDate}>{formatDate(takeoffDate, language)}</time>
          <span>
            {formatMoney(cost, language)} {texts.flights.perSeat}
          </span>
        </div>
      </div>
      <div className={styles.left} data-sold={isSoldOut}>
        <strong>{isSoldOut ? texts.flights.soldOut : formatNumber(remainingSeatsCount, language)}</strong>
        <span>{texts.flights.leftShort(formatNumber(capacity, language))}</span>
      </div>
      <div className={styles.picture}>
        <SeatPicture capacity={capacity} left={remainingSeatsCount} />
      </div>
      {may.book !== 'none' && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={texts.flights.book(flightCode)}
          onClick={() => book(id)}
        >
          {texts.flights.bookShort}
        </Button>
      )}
    </li>
  );
});
