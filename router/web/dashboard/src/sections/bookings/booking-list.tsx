import { useMemo, useState } from 'react';
import { useAddress, useQuery } from '../../app/address.ts';
import { useRow, useServices, useValue } from '../../app/context.ts';
import { Empty, Loaded } from '../../app/panel.tsx';
import type { List } from '../../data/list.ts';
import type { ReservationFilter } from '../../generated/graphql.ts';
import listStyles from '../../lists/lists.module.css';
import { NewRows } from '../../lists/new-rows.tsx';
import { NothingFound } from '../../lists/nothing-found.tsx';
import { Spacer } from '../../lists/spacer.tsx';
import { useKeptFocus } from '../../lists/use-kept-focus.ts';
import { useLiveList } from '../../lists/use-live-list.ts';
import { useVirtualRows } from '../../lists/use-virtual-rows.ts';
import { useSpeech, useTexts } from '../../texts/texts.ts';
import { BookingFilters } from './booking-filters.tsx';
import { bookingFilterOf, conditionsOf, names } from './booking-query.ts';
import { BookingRow, bookingOnPage, DraftRow } from './booking-row.tsx';
import styles from './bookings.module.css';
import { CancelDialog } from './cancel-dialog.tsx';

const ROW_HEIGHT = 52;

/** The bookings that the address asks for, in the section `bookings`. @param of those of this flight or customer alone */
export function useBookingList(of?: ReservationFilter): List<ReservationFilter> {
  const { live } = useServices();
  const [address] = useQuery();
  const filter = useMemo(() => ({ ...bookingFilterOf(address), ...of }), [address, of]);
  return useLiveList(live.kinds.reservations, filter, 'bookings');
}

interface BookingListProps {
  readonly list: List<ReservationFilter>;
  /** What the page is about, if that is more than bookings. */
  readonly of?: 'flight' | 'customer';
}

/** Bookings, newest first. */
export function BookingList({ list, of }: BookingListProps) {
  const { store, live, may } = useServices();
  const speech = useSpeech();
  const texts = speech.texts.bookings;
  const [address, change] = useQuery();
  const { ids, isSearching } = useValue(list.view);
  const drafts = useValue(live.drafts.list);
  const flightCode = useRow(store.flights, address.get(names.flight) ?? '')?.row.flightCode;
  const conditions = conditionsOf(address, (id) => flightCode ?? id, speech);
  const isEmpty = ids.length + drafts.length === 0;
  useKeptFocus('bookings');
  return (
    <>
      {!(isEmpty && conditions.length === 0) && <BookingFilters of={of} />}
      <Loaded loader={list.loader} lines={8}>
        <NewRows list={list} />
        {isEmpty && conditions.length === 0 && (
          <Empty title={texts.empty} {...(!of && may.book !== 'none' && { hint: texts.emptyHint })} />
        )}
        {isEmpty && !isSearching && conditions.length > 0 && (
          <NothingFound
            conditions={conditions}
            clear={() => change(Object.fromEntries(Object.values(names).map((name) => [name, undefined])))}
          />
        )}
        {!isEmpty && <Rows list={list} />}
      </Loaded>
    </>
  );
}

function Rows({ list }: Pick<BookingListProps, 'list'>) {
  const { live } = useServices();
  const { bookings: texts } = useTexts();
  const { bookingId, openBooking } = useAddress();
  const { total, isSearching } = useValue(list.view);
  const drafts = useValue(live.drafts.list);
  const [toCancel, setToCancel] = useState<string>();
  const { scroller, rows, before, after } = useVirtualRows(list, ROW_HEIGHT);
  return (
    <div ref={scroller} className={listStyles.scroller} data-scroller data-searching={isSearching}>
      <table className={styles.table} aria-rowcount={total === undefined ? -1 : total + 1}>
        <thead>
          <tr>
            <th scope="col">{texts.booking}</th>
            <th scope="col">{texts.customer}</th>
            <th scope="col" className={styles.seats}>
              {texts.seats}
            </th>
            <th scope="col" className={styles.date}>
              {texts.date}
            </th>
            <th scope="col" className={styles.status}>
              {texts.status}
            </th>
            <td className={styles.action} />
          </tr>
        </thead>
        <Spacer height={before} />
        <tbody>
          {drafts.map((draft) => (
            <DraftRow key={draft.key} draft={draft} />
          ))}
          {rows.map((row) => (
            <BookingRow
              key={row.id}
              {...row}
              isChosen={row.id === bookingId}
              choose={openBooking}
              cancel={setToCancel}
            />
          ))}
        </tbody>
        <Spacer height={after} />
      </table>
      {toCancel !== undefined && (
        <CancelDialog
          id={toCancel}
          close={() => setToCancel(undefined)}
          focusAfter={() => bookingOnPage(toCancel)}
        />
      )}
    </div>
  );
}
