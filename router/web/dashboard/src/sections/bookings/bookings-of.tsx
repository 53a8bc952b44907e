import { useMemo } from 'react';
import { useValue } from '../../app/context.ts';
import { Panel } from '../../app/panel.tsx';
import { useTexts } from '../../texts/texts.ts';
import { BookingList, useBookingList } from './booking-list.tsx';

interface BookingsOfProps {
  /** What the page is about. */
  readonly of: 'flight' | 'customer';
  readonly id: string;
}

/** The bookings of one flight or customer. */
export function BookingsOf({ of, id }: BookingsOfProps) {
  const { bookings: texts } = useTexts();
  const list = useBookingList(
    useMemo(() => (of === 'flight' ? { flightId: id } : { customerId: id }), [of, id]),
  );
  const { total } = useValue(list.view);
  return (
    <Panel
      id="bookings"
      heading={texts.heading}
      note={total === undefined ? undefined : texts.count(total)}
      isFlush
    >
      <BookingList list={list} of={of} />
    </Panel>
  );
}
