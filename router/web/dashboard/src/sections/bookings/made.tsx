import { CloseMark } from '../../app/close-mark.tsx';
import { useRow, useServices } from '../../app/context.ts';
import { formatDay, formatMoney } from '../../app/format.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import styles from './made.module.css';
import { StatusBadge } from './status-badge.tsx';

interface MadeProps {
  /** Bookings that were made here, the last one first. */
  readonly ids: readonly string[];
  readonly show: (id: string) => void;
  readonly close: (id: string) => void;
}

/** What was booked, and what has become of it. */
export function Made({ ids, show, close }: MadeProps) {
  return (
    <ul className={styles.list}>
      {ids.map((id) => (
        <Booking key={id} id={id} show={() => show(id)} close={() => close(id)} />
      ))}
    </ul>
  );
}

interface BookingProps {
  readonly id: string;
  readonly show: () => void;
  readonly close: () => void;
}

function Booking({ id, show, close }: BookingProps) {
  const { store } = useServices();
  const texts = useTexts();
  const language = useLanguage();
  const row = useRow(store.reservations, id)?.row;
  const flight = useRow(store.flights, row?.flightId ?? '')?.row;
  if (!row) return null;
  const { reference, customerId, seatQty, status, cancelReason } = row;
  return (
    <li className={styles.made} data-status={status}>
      <div className={styles.facts}>
        <strong>{texts.bookings.made[status]}</strong>
        <code>{reference}</code>
        <StatusBadge status={status} reason={cancelReason ?? null} />
        <span>
          <bdi>{customerId}</bdi>
        </span>
        {flight && (
          <span>
            <bdi>{flight.flightCode}</bdi> · {formatDay(flight.takeoffDate, language)}
          </span>
        )}
        <span>{texts.bookings.seatCount(seatQty)}</span>
        {flight && (
          <span>{texts.bookings.total(formatMoney(flight.cost * seatQty, language, flight.currency))}</span>
        )}
        <button type="button" className={styles.show} onClick={show}>
          {texts.bookings.showMade}
        </button>
      </div>
      <CloseMark close={close} />
    </li>
  );
}
