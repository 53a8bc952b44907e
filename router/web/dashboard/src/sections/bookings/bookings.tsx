import { SignInPrompt } from '../../app/account.tsx';
import { useAddress } from '../../app/address.ts';
import { useServices, useValue } from '../../app/context.ts';
import { Panel } from '../../app/panel.tsx';
import { isText } from '../../app/restored.ts';
import { useTyped } from '../../app/typed.ts';
import { useTexts } from '../../texts/texts.ts';
import { BookingForm } from './booking-form.tsx';
import { BookingList, useBookingList } from './booking-list.tsx';
import { Made } from './made.tsx';
import { useFollow } from './use-outcomes.ts';

const isTexts = (kept: unknown): kept is readonly string[] => Array.isArray(kept) && kept.every(isText);

interface BookingsProps {
  readonly flightId: string;
  readonly setFlightId: (id: string) => void;
}

/** The form to book seats, and the bookings that the address asks for. */
export function Bookings({ flightId, setFlightId }: BookingsProps) {
  const { store, may } = useServices();
  const texts = useTexts();
  const { openBooking } = useAddress();
  const list = useBookingList();
  const { total } = useValue(list.view);
  /** Booked here, and to be confirmed: the last one, and those before it that have not succeeded. */
  const [made, setMade, madeNow] = useTyped('made', [], isTexts);
  const follow = useFollow();
  return (
    <Panel
      id="bookings"
      heading={texts.bookings.heading}
      note={total === undefined ? undefined : texts.bookings.count(total)}
      isFlush
    >
      {may.book !== 'none' && (
        <BookingForm
          flightId={flightId}
          setFlightId={setFlightId}
          booked={(id) => {
            follow(id);
            const unsettled = madeNow().filter(
              (each) => store.reservations.get(each)?.row.status !== 'SUCCEED',
            );
            setMade([id, ...unsettled]);
          }}
        />
      )}
      <Made ids={made} show={openBooking} close={(id) => setMade(made.filter((each) => each !== id))} />
      <BookingList list={list} />
    </Panel>
  );
}

/** In place of the bookings, for those who have not signed in. */
export function NoBookings() {
  const texts = useTexts();
  return (
    <Panel id="bookings" heading={texts.bookings.heading} isFlush>
      <SignInPrompt />
    </Panel>
  );
}
