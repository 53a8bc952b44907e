import { VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { bookingPath, customerPath, useHref } from '../../app/address.ts';
import { useLit, useRow, useServices } from '../../app/context.ts';
import { formatDate, formatNumber } from '../../app/format.ts';
import { Moment } from '../../app/moment.tsx';
import type { Draft } from '../../data/drafts.ts';
import type { VirtualRow } from '../../lists/use-virtual-rows.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import styles from './bookings.module.css';
import { StatusBadge } from './status-badge.tsx';

export interface BookingRowProps extends VirtualRow {
  readonly isChosen: boolean;
  readonly choose: (id: string) => void;
  readonly cancel: (id: string) => void;
}

/** The code of a flight, asked for where no page has brought it. */
function useFlightCode(id: string): string | undefined {
  const { store, live } = useServices();
  const code = useRow(store.flights, id)?.row.flightCode;
  useEffect(() => {
    if (code === undefined) live.needFlight(id);
  }, [code, id, live]);
  return code;
}

/** What opens a booking that is listed; null: it is not drawn. */
export const bookingOnPage = (id: string): HTMLElement | null => document.getElementById(`booking-${id}`);

export function BookingRow(props: BookingRowProps) {
  const { id, index, attributes, isChosen, choose, cancel } = props;
  const { store, may } = useServices();
  const entry = useRow(store.reservations, id);
  const code = useFlightCode(entry?.row.flightId ?? '');
  const texts = useTexts();
  const language = useLanguage();
  const href = useHref();
  const isLit = useLit(entry?.pushedAt);
  if (!entry) return null;
  const { reference, customerId, seatQty, reserveDate, status, cancelReason, placedAt } = entry.row;
  const flight = code ?? (cancelReason === 'FLIGHT_NOT_FOUND' ? texts.bookings.unknownFlight : '…');
  return (
    <tr
      {...attributes}
      className={styles.row}
      data-lit={isLit}
      data-chosen={isChosen}
      aria-rowindex={index + 2}
    >
      <th scope="row" className={styles.booking}>
        <Link
          id={`booking-${id}`}
          href={href(bookingPath(id))}
          className={styles.choose}
          aria-current={isChosen}
          onClick={(event) => {
            // Beside this page, filters and all; in another tab it is its address.
            event.preventDefault();
            choose(id);
          }}
        >
          <span className={styles.code}>{flight}</span>
          <span className={styles.reference}>
            {reference} · <Moment instant={placedAt} />
          </span>
          <VisuallyHidden>{texts.bookings.showHistory}</VisuallyHidden>
        </Link>
      </th>
      <td className={styles.customer}>
        <bdi title={customerId}>
          {may.readCustomers ? (
            <Link href={href(customerPath(customerId))} className={styles.name}>
              {customerId}
            </Link>
          ) : (
            <span className={styles.name}>{customerId}</span>
          )}
        </bdi>
        <span className={styles.seatsBeside}>{texts.bookings.seatCount(seatQty)}</span>
      </td>
      <td className={styles.seats}>{formatNumber(seatQty, language)}</td>
      <td className={styles.date}>
        <time dateTime={reserveDate}>{formatDate(reserveDate, language)}</time>
      </td>
      <td className={styles.status}>
        <StatusBadge status={status} reason={cancelReason ?? null} />
      </td>
      <td className={styles.action}>
        {status !== 'CANCELED' && may.book !== 'none' && (
          <button
            type="button"
            className={styles.cancel}
            aria-label={texts.bookings.cancelLabel(flight, customerId)}
            onClick={() => cancel(id)}
          >
            {texts.bookings.cancel}
          </button>
        )}
      </td>
    </tr>
  );
}

/** A booking without a response yet. */
export function DraftRow({ draft }: { readonly draft: Draft }) {
  const code = useFlightCode(draft.flightId);
  const texts = useTexts();
  const language = useLanguage();
  return (
    <tr className={styles.row} data-draft="true">
      <th scope="row" className={styles.booking}>
        <span className={styles.code}>{code ?? '…'}</span>
      </th>
      <td className={styles.customer}>
        <bdi title={draft.customerId}>
          <span className={styles.name}>{draft.customerId}</span>
        </bdi>
        <span className={styles.seatsBeside}>{texts.bookings.seatCount(draft.seatQty)}</span>
      </td>
      <td className={styles.seats}>{formatNumber(draft.seatQty, language)}</td>
      <td className={styles.date}>{formatDate(draft.reserveDate, language)}</td>
      <td className={styles.status}>
        <StatusBadge status="sending" />
      </td>
      <td className={styles.action} />
    </tr>
  );
}
