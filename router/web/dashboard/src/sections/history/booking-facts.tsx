import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { customerPath, flightPath, useHref } from '../../app/address.ts';
import { useRow, useServices } from '../../app/context.ts';
import { formatDate, formatDay, formatMoney } from '../../app/format.ts';
import { Moment } from '../../app/moment.tsx';
import type { Flight } from '../../data/rows.ts';
import type { Booking } from '../../data/timeline.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { CancelDialog } from '../bookings/cancel-dialog.tsx';
import { StatusBadge } from '../bookings/status-badge.tsx';
import styles from './booking-history.module.css';
import { CopyButton } from './copy-button.tsx';

interface FactsProps {
  readonly booking: Booking;
  /** Undefined until it is loaded. */
  readonly flight: Flight | undefined;
}

/** Who booked what, for how much, and what has become of it. */
export function BookingFacts({ booking }: Pick<FactsProps, 'booking'>) {
  const { store, live } = useServices();
  const { id, flightId } = booking;
  const [isAsking, setIsAsking] = useState(false);
  const flight = useRow(store.flights, flightId)?.row;
  useEffect(() => {
    if (!flight) live.needFlight(flightId);
  }, [flight, flightId, live]);
  return (
    <>
      <Summary booking={booking} flight={flight} cancel={() => setIsAsking(true)} />
      <Facts booking={booking} flight={flight} />
      {isAsking && (
        <CancelDialog
          id={id}
          close={() => setIsAsking(false)}
          focusAfter={() => document.querySelector<HTMLElement>('#history h2')}
        />
      )}
    </>
  );
}

function Summary({ booking, flight, cancel }: FactsProps & { readonly cancel: () => void }) {
  const { store, may } = useServices();
  const { bookings: texts } = useTexts();
  const { id, customerId, cancelReason } = booking;
  // A push is there before the history that is loaded after it.
  const status = useRow(store.reservations, id)?.row.status ?? booking.status;
  return (
    <div className={styles.summary}>
      <StatusBadge status={status} reason={cancelReason ?? null} />
      {status !== 'CANCELED' && may.book !== 'none' && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={texts.cancelLabel(flight?.flightCode ?? texts.unknownFlight, customerId)}
          onClick={cancel}
        >
          {texts.cancel}
        </Button>
      )}
    </div>
  );
}

function Facts({ booking, flight }: FactsProps) {
  const { may } = useServices();
  const texts = useTexts();
  const language = useLanguage();
  const href = useHref();
  const { reference, customerId, flightId, seatQty, reserveDate, payment, placedAt } = booking;
  const price = payment ?? (flight && { cost: flight.cost * seatQty, currency: flight.currency });
  return (
    <dl className={styles.facts}>
      <Fact name={texts.bookings.reference}>
        <code className={styles.reference}>{reference}</code>
        <CopyButton text={reference} />
      </Fact>
      <Fact name={texts.bookings.customer}>
        {may.readCustomers ? (
          <Link href={href(customerPath(customerId))}>
            <bdi>{customerId}</bdi>
          </Link>
        ) : (
          <bdi>{customerId}</bdi>
        )}
      </Fact>
      <Fact name={texts.bookings.flight}>
        {flight ? (
          <>
            <Link href={href(flightPath(flightId))}>
              <bdi>{flight.flightCode}</bdi>
            </Link>{' '}
            · {formatDay(flight.takeoffDate, language)}
          </>
        ) : (
          texts.bookings.unknownFlight
        )}
      </Fact>
      <Fact name={texts.bookings.seats}>{texts.bookings.seatCount(seatQty)}</Fact>
      {price && (
        <Fact name={texts.bookings.amount}>
          {formatMoney(price.cost, language, price.currency)}
          {payment && ` · ${texts.history.paymentStatus[payment.status]}`}
        </Fact>
      )}
      <Fact name={texts.bookings.date}>{formatDate(reserveDate, language)}</Fact>
      <Fact name={texts.bookings.placedAt}>
        <Moment instant={placedAt} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
