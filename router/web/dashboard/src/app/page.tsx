import { type ReactNode, useEffect } from 'react';
import { Bookings } from '../sections/bookings/bookings.tsx';
import { Charts } from '../sections/charts/charts.tsx';
import { Customers } from '../sections/customers/customers.tsx';
import { Flights } from '../sections/flights/flights.tsx';
import { Promotions } from '../sections/promotions/promotions.tsx';
import { useTexts } from '../texts/texts.ts';
import { type Place, useAddress } from './address.ts';
import styles from './app.module.css';
import { useServices } from './context.ts';
import { Empty } from './panel.tsx';
import { useTyped } from './typed.ts';

/** What an address shows, without the booking beside it. */
export function Page({ place }: { readonly place: Place }) {
  const { may } = useServices();
  const texts = useTexts();
  const { go } = useAddress();
  /** The flight that the booking form has. */
  const [flightId, setFlightId] = useTyped('flight', '');

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

  const bookings = <Bookings flightId={flightId} setFlightId={setFlightId} />;
  switch (place.page) {
    case 'desk':
      return (
        <Titled title={undefined}>
          {may.readBookings !== 'none' && <Charts />}
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
        <Titled title={texts.customers.heading}>
          {may.readCustomers ? <Customers /> : <Empty title={texts.problem.FORBIDDEN} />}
        </Titled>
      );
    default:
      return (
        <Titled title={texts.nowhere}>
          <Empty title={texts.nowhere} />
        </Titled>
      );
  }
}

interface TitledProps {
  /** Of this page among the others; undefined for the first. */
  readonly title: string | undefined;
  readonly children: ReactNode;
}

/** A page that names itself in the browser's tabs and its history. */
function Titled({ title, children }: TitledProps) {
  const { title: site } = useTexts();
  useEffect(() => {
    document.title = title === undefined ? site : `${title} · ${site}`;
  }, [title, site]);
  return children;
}
