import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { useList, useServices, useValue } from '../../app/context.ts';
import { FormError } from '../../app/form-error.tsx';
import { dayOf, formatDate } from '../../app/format.ts';
import { missing, wholeNumber } from '../../app/input.ts';
import { useTyped } from '../../app/typed.ts';
import type { Problem } from '../../data/problem.ts';
import { PlaceReservationDocument } from '../../generated/graphql.ts';
import { useLanguage, useTexts, wordsFor } from '../../texts/texts.ts';
import styles from './bookings.module.css';
import { defaultReserveDate } from './reserve-date.ts';

type Field = 'customerId' | 'flightId' | 'seatQty' | 'reserveDate';

interface BookingFormProps {
  readonly flightId: string;
  readonly setFlightId: (id: string) => void;
  /** Called with each booking that was made here. */
  readonly booked: (id: string) => void;
}

/** After these it is open whether there is a booking. */
const MAY_BE_BOOKED = new Set(['NETWORK', 'SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

/** Books without waiting for the outcome, which is pushed. */
export function BookingForm({ flightId, setFlightId, booked }: BookingFormProps) {
  const { graph, store, live, may, session } = useServices();
  const texts = useTexts();
  const language = useLanguage();
  const flights = useList(store.flights);
  const standing = useValue(session.standing);
  /** Of someone who books for themselves alone. */
  const own = may.book === 'own' && 'who' in standing ? standing.who.subject : undefined;
  const [typedCustomer, setCustomerId] = useTyped('customer', '');
  const customerId = own ?? typedCustomer;
  const [seatQty, setSeatQty] = useTyped('seats', '1');
  const [pickedDate, setPickedDate] = useTyped<string | null>('date', null);
  const [wrong, setWrong] = useState<Problem>();
  /** Input that was sent without a response: sent again with its key, it is the same booking. */
  const unconfirmed = useRef<{ input: string; key: string }>(undefined);

  const flight = store.flights.get(flightId)?.row;
  const reserveDate = pickedDate ?? defaultReserveDate(dayOf(Date.now()), flight?.takeoffDate);
  const options = useMemo(
    () =>
      flights
        .map(({ row }) => row)
        .sort((one, other) => (one.id < other.id ? 1 : -1))
        .map(({ id, flightCode, takeoffDate, remainingSeatsCount }) => ({
          value: id,
          label: texts.bookings.option(flightCode, remainingSeatsCount, formatDate(takeoffDate, language)),
        })),
    [flights, texts, language],
  );

  async function book(event: FormEvent): Promise<void> {
    event.preventDefault();
    const seats = wholeNumber(seatQty);
    const customer = customerId.trim();
    if (customer === '') return setWrong(missing('customerId'));
    if (flightId === '') return setWrong(missing('flightId'));
    if (seats === undefined) return setWrong(missing('seatQty'));
    if (reserveDate === '') return setWrong(missing('reserveDate'));
    setWrong(undefined);
    const input = { customerId: customer, flightId, seatQty: seats, reserveDate };
    const sent = JSON.stringify(input);
    const key = unconfirmed.current?.input === sent ? unconfirmed.current.key : crypto.randomUUID();
    live.drafts.add({ ...input, key });
    const asOf = live.ticks.next();
    const { data, problem } = await graph.mutate(PlaceReservationDocument, {
      input: { ...input, idempotencyKey: key },
    });
    live.drafts.remove(key);
    // A request that failed in a service may have been booked, too.
    const isOpen = problem !== undefined && problem.code !== 'IDEMPOTENCY_KEY_REUSED';
    unconfirmed.current = isOpen ? { input: sent, key } : undefined;
    if (!data) return setWrong(problem);
    const { reservation } = data.placeReservation;
    store.reservations.put(reservation, asOf, performance.now());
    store.touch();
    booked(reservation.id);
  }

  const errorOf = (field: Field) => wrong?.field === field && texts.bookings.fields[field];
  const isGeneral = wrong && !(wrong.field !== undefined && wrong.field in texts.bookings.fields);
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={texts.bookings.formHeading}
      onSubmit={(event) => void book(event)}
    >
      <div className={styles.fields}>
        <TextInput
          label={texts.bookings.customer}
          value={customerId}
          error={errorOf('customerId')}
          autoComplete="off"
          readOnly={own !== undefined}
          onChange={({ currentTarget }) => setCustomerId(currentTarget.value)}
        />
        <NativeSelect
          className={styles.wide}
          label={texts.bookings.flight}
          value={flightId}
          error={errorOf('flightId')}
          data={[{ value: '', label: texts.bookings.chooseFlight, disabled: true }, ...options]}
          onChange={({ currentTarget }) => {
            setFlightId(currentTarget.value);
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
          onChange={({ currentTarget }) => setSeatQty(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={texts.bookings.date}
          value={reserveDate}
          error={errorOf('reserveDate')}
          onChange={({ currentTarget }) => setPickedDate(currentTarget.value)}
        />
        <Button type="submit" className={styles.submit}>
          {texts.bookings.book}
        </Button>
      </div>
      {isGeneral && (
        <FormError title={texts.bookings.failed}>
          {MAY_BE_BOOKED.has(wrong.code) ? texts.bookings.noResponse : wordsFor(wrong, texts)}
        </FormError>
      )}
    </form>
  );
}
