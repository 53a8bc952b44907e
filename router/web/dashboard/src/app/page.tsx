import { useEffect } from 'react';
import { Bookings, NoBookings } from '../sections/bookings/bookings.tsx';
import { Charts } from '../sections/charts/charts.tsx';
import { CustomerPage } from '../sections/customers/customer-page.tsx';
import { Customers } from '../sections/customers/customers.tsx';
import { FlightPage } from '../sections/flights/flight-page.tsx';
import { Flights } from '../sections/flights/flights.tsx';
import { Promotions } from '../sections/promotions/promotions.tsx';
import { useTexts } from '../texts/texts.ts';
import { type Place, useAddress } from './address.ts';
import styles from './app.module.css';
import { useServices } from './context.ts';
import { Empty } from './panel.tsx';
import { Titled } from './titled.tsx';
import { useTyped } from './typed.ts';

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
          {may.readBookings === 'all' && <Charts />}
          <div className={styles.grid}>
            <div className={styles.column}>
              <Flights book={book} />
              <Promotions />
            </div>
            <div className={styles.column}>
              {bookings}
              {may.readCustomers && <Customers />}
            </div>
          </div>
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

function Forbidden() {
  const texts = useTexts();
  return <Empty title={texts.problem.FORBIDDEN} />;
}
