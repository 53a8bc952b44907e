import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useRow, useServices, useValue } from '../../app/context.ts';
import { isText } from '../../app/restored.ts';
import { useTyped } from '../../app/typed.ts';
import { useTexts } from '../../texts/texts.ts';
import { type BookingField, hopeless } from './booking-input.ts';
import styles from './bookings.module.css';
import { FlightPicker } from './flight-picker.tsx';
import { NotMade } from './not-made.tsx';
import { Quote } from './quote.tsx';
import { defaultReserveDate } from './reserve-date.ts';
import { useSubmitAfterLookup } from './submit-after-lookup.ts';
import { useBooking } from './use-booking.ts';

interface BookingFormProps {
  readonly flightId: string;
  readonly setFlightId: (id: string) => void;
  /** Called with each booking that was made here. */
  readonly booked: (id: string) => void;
}

/** Books without waiting for the outcome, which is pushed. After each booking it is empty. */
export function BookingForm({ flightId, setFlightId, booked }: BookingFormProps) {
  const { store, may, session, today } = useServices();
  const texts = useTexts();
  const standing = useValue(session.standing);
  /** Of someone who books for themselves alone. */
  const own = may.book === 'own' && 'who' in standing ? standing.who.subject : undefined;
  const [typedCustomer, setCustomerId] = useTyped('customer', '');
  const [seatQty, setSeatQty] = useTyped('seats', '1');
  const [pickedDate, setPickedDate] = useTyped<string | null>('date', null, isText);
  const form = useRef<HTMLFormElement>(null);

  const flight = useRow(store.flights, flightId)?.row;
  const day = useValue(today);
  const reserveDate = pickedDate ?? defaultReserveDate(day, flight?.takeoffDate);
  const typed = { customerId: own ?? typedCustomer, flightId, seatQty, reserveDate };
  const { isSending, handlers, unmade, forget } = useBooking(typed, (id) => {
    setCustomerId('');
    setFlightId('');
    setSeatQty('1');
    setPickedDate(null);
    // Where the next booking begins; a screen keyboard would cover the confirmation.
    const fields = form.current?.querySelectorAll('input');
    if (!matchMedia('(pointer: coarse)').matches) fields?.[own === undefined ? 0 : 1]?.focus();
    booked(id);
  });

  const lookup = useSubmitAfterLookup(form);

  const wrong = hopeless(typed, flight) ?? unmade?.problem;
  const errorOf = (field: BookingField) =>
    wrong?.field === field &&
    (wrong.code === 'SOLD_OUT' || wrong.code === 'FLIGHT_DEPARTED'
      ? texts.bookings.hopeless[wrong.code]
      : texts.bookings.fields[field]);
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      aria-label={texts.bookings.formHeading}
      aria-busy={isSending}
      {...handlers}
      onSubmitCapture={lookup.onSubmitCapture}
    >
      <div className={styles.fields}>
        <TextInput
          label={texts.bookings.customer}
          value={typed.customerId}
          error={errorOf('customerId')}
          autoComplete="off"
          readOnly={own !== undefined || isSending}
          onChange={({ currentTarget }) => setCustomerId(currentTarget.value)}
        />
        <FlightPicker
          flight={flight}
          error={errorOf('flightId')}
          isLocked={isSending}
          lookingUp={(finding) => void lookup.lookingUp(finding)}
          clear={() => setFlightId('')}
          choose={(id) => {
            setFlightId(id);
            setPickedDate(null);
          }}
        />
        <TextInput
          id="booking-seats"
          className={styles.seatsField}
          label={texts.bookings.seats}
          value={seatQty}
          error={errorOf('seatQty')}
          inputMode="numeric"
          autoComplete="off"
          readOnly={isSending}
          // What is typed next takes its place, however the focus came.
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget }) => setSeatQty(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={texts.bookings.date}
          value={reserveDate}
          error={errorOf('reserveDate')}
          readOnly={isSending}
          onChange={({ currentTarget }) => setPickedDate(currentTarget.value)}
        />
        <Button type="submit" className={styles.submit} aria-disabled={isSending}>
          {isSending ? texts.bookings.sending : texts.bookings.book}
        </Button>
      </div>
      {flight && <Quote flight={flight} seatQty={seatQty} reserveDate={reserveDate} />}
      {unmade && <NotMade unmade={unmade} close={forget} />}
    </form>
  );
}
