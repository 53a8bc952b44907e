import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { flightPath, useHref } from '../../app/address.ts';
import { useLit, useRow, useServices } from '../../app/context.ts';
import { formatDate, formatMoney, formatNumber } from '../../app/format.ts';
import type { VirtualRow } from '../../lists/use-virtual-rows.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Departed } from './departed-mark.tsx';
import styles from './flights.module.css';
import { SeatPicture } from './seat-picture.tsx';

interface FlightItemProps extends VirtualRow {
  /** Of the whole list. */
  readonly total: number | undefined;
  readonly book: (id: string) => void;
}

export function FlightItem({ id, index, total, attributes, book }: FlightItemProps) {
  const { store, may } = useServices();
  const entry = useRow(store.flights, id);
  const texts = useTexts();
  const language = useLanguage();
  const href = useHref();
  const isLit = useLit(entry?.pushedAt);
  if (!entry) return null;
  const { flightCode, takeoffDate, cost, currency, capacity, remainingSeatsCount } = entry.row;
  const isSoldOut = remainingSeatsCount === 0;
  return (
    <li
      {...attributes}
      className={styles.flight}
      data-lit={isLit}
      aria-posinset={index + 1}
      aria-setsize={total ?? -1}
    >
      <div>
        <h3 className={styles.code}>
          <Link href={href(flightPath(id))}>{flightCode}</Link>
        </h3>
        <div className={styles.facts}>
          <time dateTime={takeoffDate}>{formatDate(takeoffDate, language)}</time>
          <Departed flight={entry.row} />
          <span>{texts.flights.perSeat(formatMoney(cost, language, currency))}</span>
        </div>
      </div>
      <div className={styles.left} data-sold={isSoldOut}>
        <strong>{isSoldOut ? texts.flights.soldOut : formatNumber(remainingSeatsCount, language)}</strong>
        {!isSoldOut && <span>{texts.flights.leftShort(formatNumber(capacity, language))}</span>}
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
}
