import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { type Place, useAddress } from './app/address.ts';
import styles from './app/app.module.css';
import { useServices } from './app/context.ts';
import { Empty } from './app/panel.tsx';
import { Titled } from './app/titled.tsx';
import { useTyped } from './app/typed.ts';
import { Bookings, NoBookings } from './sections/bookings/bookings.tsx';
import { Charts } from './sections/charts/charts.tsx';
import { CustomerPage } from './sections/customers/customer-page.tsx';
import { Customers } from './sections/customers/customers.tsx';
import { FlightPage } from './sections/flights/flight-page.tsx';
import { Flights } from './sections/flights/flights.tsx';
import { Promotions } from './sections/promotions/promotions.tsx';
import { useTexts } from './texts/texts.ts';

/** What an address shows, without the booking beside it. */
export function Page({ place }: { readonly place: Place }) {
  const { may, live } = useServices();
  const texts = useTexts();
  const { go } = useAddress();
  /** The flight that the booking form has. */
  const [flightId, setFlightId] = useTyped('flight', '');

  // It may be from before signing in.
  useEffect(() => live.needFlight(flightId), [live, flightId]);

  /** Puts a flight into the booking form, wherever that is. */
  function book(id: string): void {
    setFlightId(id);
    if (place.page !== 'desk') go('/bookings');
    // Once the form is drawn.
    requestAnimationFrame(() => {
      const field = document.getElementById('booking-seats');
      field?.focus();
      field?.scrollIntoView({ block: 'center' });
    });
  }

  const bookings =
    may.readBookings === 'none' ? <NoBookings /> : <Bookings flightId={flightId} setFlightId={setFlightId} />;
  switch (place.page) {
    case 'desk':
      return (
        <Titled title={undefined}>
          <Desk book={book} bookings={bookings} />
        </Titled>
      );
    case 'flights':
      return (
        <Titled title={texts.flights.heading}>
          <Flights book={book} />
        </Titled>
      );
    case 'bookings':
      return <Titled title={texts.bookings.heading}>{bookings}</Titled>;
    case 'customers':
      return (
        <Titled title={texts.customers.heading}>{may.readCustomers ? <Customers /> : <Forbidden />}</Titled>
      );
    case 'flight':
      return <FlightPage key={place.id} id={place.id} book={book} />;
    case 'customer':
      return may.readCustomers ? <CustomerPage key={place.id} id={place.id} /> : <Forbidden />;
    default:
      return (
        <Titled title={texts.nowhere}>
          <Empty title={texts.nowhere} />
        </Titled>
      );
  }
}

interface DeskProps {
  readonly book: (id: string) => void;
  readonly bookings: ReactNode;
}

/** What one does comes before what one looks at where they are below each other, also for the keyboard. */
function Desk({ book, bookings }: DeskProps) {
  const { may } = useServices();
  const isNarrow = useMediaQuery('(max-width: 860px)', false, { getInitialValueInEffect: false });
  const columns = [
    <div key="flights" className={styles.column}>
      <Flights book={book} />
      <Promotions />
    </div>,
    <div key="bookings" className={styles.column}>
      {bookings}
      {may.readCustomers && <Customers />}
    </div>,
  ];
  const rows = [
    may.readBookings === 'all' && <Charts key="charts" />,
    <div key="columns" className={styles.grid}>
      {isNarrow ? columns.toReversed() : columns}
    </div>,
  ];
  return isNarrow ? rows.toReversed() : rows;
}

function Forbidden() {
  const texts = useTexts();
  return <Empty title={texts.problem.FORBIDDEN} />;
}
