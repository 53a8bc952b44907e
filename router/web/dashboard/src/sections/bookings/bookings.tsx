import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { SignInPrompt } from '../../app/account.tsx';
import { useAddress } from '../../app/address.ts';
import { useList, useServices, useValue } from '../../app/context.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { useTexts } from '../../texts/texts.ts';
import { BookingForm } from './booking-form.tsx';
import { BookingRow, bookingOnPage, DraftRow } from './booking-row.tsx';
import styles from './bookings.module.css';
import { CancelDialog } from './cancel-dialog.tsx';
import { Made } from './made.tsx';
import { useFollow } from './use-outcomes.ts';

const STEP = 10;

interface BookingsProps {
  readonly flightId: string;
  readonly setFlightId: (id: string) => void;
}

/** The form to book seats, and the bookings, newest first. */
export function Bookings({ flightId, setFlightId }: BookingsProps) {
  const { store, live, may } = useServices();
  const texts = useTexts();
  const { bookingId: chosen, openBooking: choose } = useAddress();
  const entries = useList(store.reservations);
  const drafts = useValue(live.drafts.list);
  const hasOlder = useValue(live.hasOlder);
  const [shown, setShown] = useState(STEP);
  const [toCancel, setToCancel] = useState<string>();
  /** Booked here, and to be confirmed: the last one, and those before it that have not succeeded. */
  const [made, setMade] = useState<readonly string[]>([]);
  const follow = useFollow();
  const newest = useMemo(
    () =>
      entries
        .map(({ row }) => row.id)
        // A UUIDv7 sorts by its creation.
        .sort()
        .reverse(),
    [entries],
  );
  const visible = newest.slice(0, shown);

  function showMore(): void {
    setShown(shown + STEP);
    if (newest.length < shown + STEP && hasOlder) void live.loadOlder();
  }

  if (may.readBookings === 'none') {
    return (
      <Panel id="bookings" heading={texts.bookings.heading} isFlush>
        <SignInPrompt />
      </Panel>
    );
  }
  return (
    <Panel
      id="bookings"
      heading={texts.bookings.heading}
      note={newest.length > 0 ? texts.bookings.newest(visible.length) : undefined}
      isFlush
    >
      {may.book !== 'none' && (
        <BookingForm
          flightId={flightId}
          setFlightId={setFlightId}
          booked={(id) => {
            follow(id);
            setMade((known) => [
              id,
              ...known.filter((each) => store.reservations.get(each)?.row.status !== 'SUCCEED'),
            ]);
          }}
        />
      )}
      <Made
        ids={made}
        show={choose}
        close={(id) => setMade((known) => known.filter((each) => each !== id))}
      />
      <Loaded loader={live.reservations} lines={8}>
        {newest.length + drafts.length === 0 ? (
          <Empty
            title={texts.bookings.empty}
            {...(may.book !== 'none' && { hint: texts.bookings.emptyHint })}
          />
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{texts.bookings.booking}</th>
                <th scope="col">{texts.bookings.customer}</th>
                <th scope="col" className={styles.seats}>
                  {texts.bookings.seats}
                </th>
                <th scope="col" className={styles.date}>
                  {texts.bookings.date}
                </th>
                <th scope="col" className={styles.status}>
                  {texts.bookings.status}
                </th>
                <td className={styles.action} />
              </tr>
            </thead>
            <tbody>
              {drafts.map((draft) => (
                <DraftRow key={draft.key} draft={draft} />
              ))}
              {visible.map((id) => (
                <BookingRow key={id} id={id} isChosen={id === chosen} choose={choose} cancel={setToCancel} />
              ))}
            </tbody>
          </table>
        )}
        {(newest.length > shown || hasOlder) && (
          <div className={styles.more}>
            <Button size="xs" variant="default" onClick={showMore}>
              {texts.bookings.older}
            </Button>
          </div>
        )}
      </Loaded>
      {toCancel !== undefined && (
        <CancelDialog
          id={toCancel}
          close={() => setToCancel(undefined)}
          focusAfter={() => bookingOnPage(toCancel)}
        />
      )}
    </Panel>
  );
}
