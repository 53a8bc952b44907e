import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { customerPath, flightPath, useHref } from '../../app/address.ts';
import { useRow, useServices } from '../../app/context.ts';
import { formatDate, formatDay, formatMoney } from '../../app/format.ts';
import { Moment } from '../../app/moment.tsx';
import type { Booking } from '../../data/timeline.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { CancelDialog } from '../bookings/cancel-dialog.tsx';
import { StatusBadge } from '../bookings/status-badge.tsx';
import styles from './booking-history.module.css';
import { CopyButton } from './copy-button.tsx';

/** Who booked what, for how much, and what has become of it. */
export function BookingFacts({ booking }: { readonly booking: Booking }) {
  const { store, live, may } = useServices();
  const texts = useTexts();
  const language = useLanguage();
  const href = useHref();
  const [isAsking, setIsAsking] = useState(false);
  const { id, reference, customerId, flightId, seatQty, reserveDate, payment, cancelReason, placedAt } =
    booking;
  // A push is there before the history that is loaded after it.
  const status = useRow(store.reservations, id)?.row.status ?? booking.status;
  const flight = useRow(store.flights, flightId)?.row;
  useEffect(() => {
    if (!flight) live.needFlight(flightId);
  }, [flight, flightId, live]);
  const price = payment ?? (flight && { cost: flight.cost * seatQty, currency: flight.currency });

  return (
    <>
      <div className={styles.summary}>
        <StatusBadge status={status} reason={cancelReason ?? null} />
        {status !== 'CANCELED' && may.book !== 'none' && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={texts.bookings.cancelLabel(
              flight?.flightCode ?? texts.bookings.unknownFlight,
              customerId,
            )}
            onClick={() => setIsAsking(true)}
          >
            {texts.bookings.cancel}
          </Button>
        )}
      </div>
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

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
