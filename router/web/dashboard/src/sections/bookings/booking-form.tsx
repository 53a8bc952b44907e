import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { Problem } from '../../data/problem.ts';
import { useTexts } from '../../texts/texts.ts';
import { type BookingField, hopeless } from './booking-input.ts';
import styles from './bookings.module.css';
import { FlightPicker } from './flight-picker.tsx';
import { NotMade } from './not-made.tsx';
import { Quote } from './quote.tsx';
import { useSubmitAfterLookup } from './submit-after-lookup.ts';
import { useBooking } from './use-booking.ts';
import { useTypedBooking } from './use-typed-booking.ts';

interface BookingFormProps {
  readonly flightId: string;
  readonly setFlightId: (id: string) => void;
  /** Called with each booking that was made here. */
  readonly booked: (id: string) => void;
}

/** Books without waiting for the outcome, which is pushed. After each booking it is empty. */
export function BookingForm({ flightId, setFlightId, booked }: BookingFormProps) {
  const texts = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const filled = useTypedBooking(flightId);
  const { typed, own, flight } = filled;
  const { isSending, handlers, unmade, forget } = useBooking(typed, (id) => {
    filled.setCustomerId('');
    setFlightId('');
    filled.setSeatQty('1');
    filled.setPickedDate(null);
    // Where the next booking begins; a screen keyboard would cover the confirmation.
    const fields = form.current?.querySelectorAll('input');
    if (!matchMedia('(pointer: coarse)').matches) fields?.[own === undefined ? 0 : 1]?.focus();
    booked(id);
  });
  const lookup = useSubmitAfterLookup(form);
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
      <Fields
        filled={filled}
        setFlightId={setFlightId}
        wrong={hopeless(typed, flight) ?? unmade?.problem}
        isSending={isSending}
        lookingUp={(finding) => void lookup.lookingUp(finding)}
      />
      {flight && <Quote flight={flight} seatQty={typed.seatQty} reserveDate={typed.reserveDate} />}
      {unmade && <NotMade unmade={unmade} close={forget} />}
    </form>
  );
}

interface FieldsProps extends Pick<BookingFormProps, 'setFlightId'> {
  readonly filled: ReturnType<typeof useTypedBooking>;
  readonly wrong: Problem | undefined;
  readonly isSending: boolean;
  readonly lookingUp: (finding: Promise<unknown>) => void;
}

function Fields({ filled, setFlightId, wrong, isSending, lookingUp }: FieldsProps) {
  const { bookings: texts } = useTexts();
  const { typed, own, flight } = filled;
  const errorOf = (field: BookingField) =>
    wrong?.field === field &&
    (wrong.code === 'SOLD_OUT' || wrong.code === 'FLIGHT_DEPARTED'
      ? texts.hopeless[wrong.code]
      : texts.fields[field]);
  return (
    <div className={styles.fields}>
      <TextInput
        label={texts.customer}
        value={typed.customerId}
        error={errorOf('customerId')}
        autoComplete="off"
        readOnly={own !== undefined || isSending}
        onChange={({ currentTarget }) => filled.setCustomerId(currentTarget.value)}
      />
      <FlightPicker
        flight={flight}
        error={errorOf('flightId')}
        isLocked={isSending}
        lookingUp={lookingUp}
        clear={() => setFlightId('')}
        choose={(id) => {
          setFlightId(id);
          filled.setPickedDate(null);
        }}
      />
      <TextInput
        id="booking-seats"
        className={styles.seatsField}
        label={texts.seats}
        value={typed.seatQty}
        error={errorOf('seatQty')}
        inputMode="numeric"
        autoComplete="off"
        readOnly={isSending}
        // What is typed next takes its place, however the focus came.
        onFocus={({ currentTarget }) => currentTarget.select()}
        onChange={({ currentTarget }) => filled.setSeatQty(currentTarget.value)}
      />
      <TextInput
        type="date"
        label={texts.date}
        value={typed.reserveDate}
        error={errorOf('reserveDate')}
        readOnly={isSending}
        onChange={({ currentTarget }) => filled.setPickedDate(currentTarget.value)}
      />
      <Button type="submit" className={styles.submit} aria-disabled={isSending}>
        {isSending ? texts.sending : texts.book}
      </Button>
    </div>
  );
}
