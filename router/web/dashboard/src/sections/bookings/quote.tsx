import { useServices, useValue } from '../../app/context.ts';
import { formatDay, formatMoney } from '../../app/format.ts';
import { wholeNumber } from '../../app/input.ts';
import type { Flight } from '../../data/rows.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { isDeparted } from '../flights/departed.ts';
import styles from './bookings.module.css';

interface QuoteProps {
  readonly flight: Flight;
  /** As it is typed. */
  readonly seatQty: string;
  /** `YYYY-MM-DD`; empty while it is typed. */
  readonly reserveDate: string;
}

/** What a booking would be: the flight and its day, the seats that are left, and the total before it is booked. */
export function Quote({ flight, seatQty, reserveDate }: QuoteProps) {
  const texts = useTexts();
  const language = useLanguage();
  const { flightCode, takeoffDate, cost, currency, remainingSeatsCount } = flight;
  const day = useValue(useServices().today);
  const seats = wholeNumber(seatQty);
  const isTooMany = seats !== undefined && seats > remainingSeatsCount;
  return (
    <output className={styles.quote}>
      <span>
        <bdi>{flightCode}</bdi> · {formatDay(takeoffDate, language)}
      </span>
      {isDeparted(flight, day) && reserveDate !== '' && (
        <strong className={styles.departed}>
          {texts.bookings.departed(formatDay(reserveDate, language))}
        </strong>
      )}
      <span data-bad={isTooMany}>
        {isTooMany
          ? texts.bookings.onlyLeft(remainingSeatsCount)
          : texts.bookings.seatsLeft(remainingSeatsCount)}
      </span>
      {seats !== undefined && seats > 0 && (
        <span className={styles.sum}>
          {texts.bookings.times(formatMoney(cost, language, currency), seats)}
          <strong>{texts.bookings.total(formatMoney(cost * seats, language, currency))}</strong>
        </span>
      )}
    </output>
  );
}
