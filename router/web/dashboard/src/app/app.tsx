import { VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { Bookings } from '../sections/bookings/bookings.tsx';
import { Charts } from '../sections/charts/charts.tsx';
import { Customers } from '../sections/customers/customers.tsx';
import { Flights } from '../sections/flights/flights.tsx';
import { BookingHistory } from '../sections/history/booking-history.tsx';
import { Promotions } from '../sections/promotions/promotions.tsx';
import { dictionaries, type Language, SpeechContext } from '../texts/texts.ts';
import { ExpiredBar } from './account.tsx';
import styles from './app.module.css';
import { ConnectionBanner } from './connection-status.tsx';
import { useServices, useValue } from './context.ts';
import { Header } from './header.tsx';
import { keepLanguage, keptLanguage } from './preferences.ts';
import { useTyped } from './typed.ts';

export function App() {
  const { may } = useServices();
  const [language, setLanguage] = useState<Language>(keptLanguage);
  /** The booking whose history is shown. */
  const [chosen, choose] = useState<string>();
  /** The flight that the booking form has. */
  const [flightId, setFlightId] = useTyped('flight', '');
  const texts = dictionaries[language];
  const readsBookings = may.readBookings !== 'none';
  const speech = useMemo(() => ({ language, texts }), [language, texts]);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = texts.title;
  }, [language, texts]);

  function book(id: string): void {
    setFlightId(id);
    const field = document.getElementById('booking-seats');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }

  return (
    <SpeechContext value={speech}>
      <a href="#bookings" className={styles.skip}>
        {texts.skip}
      </a>
      <div className={styles.page}>
        <Header
          language={language}
          setLanguage={(next) => {
            setLanguage(next);
            keepLanguage(next);
          }}
        />
        <main>
          <ConnectionBanner />
          <ExpiredBar />
          {readsBookings && <Charts />}
          <div className={styles.grid}>
            <div className={styles.column}>
              <Flights book={book} />
            </div>
            <div className={styles.column}>
              <Bookings chosen={chosen} choose={choose} flightId={flightId} setFlightId={setFlightId} />
              {may.readCustomers && <Customers />}
            </div>
            <div className={styles.column}>
              {readsBookings && <BookingHistory id={chosen} />}
              <Promotions />
            </div>
          </div>
        </main>
      </div>
      <Announcements />
    </SpeechContext>
  );
}

function Announcements() {
  const { announcer } = useServices();
  const text = useValue(announcer.text);
  return (
    <VisuallyHidden role="log" aria-live="polite">
      {text}
    </VisuallyHidden>
  );
}
