import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { ExpiredBar } from './app/account.tsx';
import { useAddress } from './app/address.ts';
import { Announcements } from './app/announcements.tsx';
import styles from './app/app.module.css';
import { ConnectionBanner } from './app/connection-status.tsx';
import { useServices } from './app/context.ts';
import { zoneOf } from './app/format.ts';
import { Header } from './app/header.tsx';
import { useAddressedLanguage } from './app/preferences.ts';
import { Page } from './page.tsx';
import { bookingOnPage } from './sections/bookings/booking-row.tsx';
import { FollowContext, useOutcomes } from './sections/bookings/use-outcomes.ts';
import { BookingHistory } from './sections/history/booking-history.tsx';
import { useBookingId } from './sections/history/use-booking-id.ts';
import { dictionaries, SpeechContext } from './texts/texts.ts';

export function App() {
  const { may, announcer } = useServices();
  const [language, setLanguage] = useAddressedLanguage();
  const { place, path, bookingId, closeBooking } = useAddress();
  const texts = dictionaries[language];
  const speech = useMemo(() => ({ language, texts }), [language, texts]);
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    scrollTo(0, 0);
    main.current?.focus();
  }, [path]);

  useEffect(() => {
    // On a phone the sheet would cover it.
    if (bookingId !== undefined) bookingOnPage(bookingId)?.scrollIntoView({ block: 'nearest' });
  }, [bookingId]);

  function close(id: string): void {
    closeBooking();
    (bookingOnPage(id) ?? main.current)?.focus();
  }

  return (
    <SpeechContext value={speech}>
      <a href={place.page === 'desk' ? '#bookings' : '#main'} className={styles.skip}>
        {place.page === 'desk' ? texts.skipToBookings : texts.skip}
      </a>
      <Followed>
        <div className={styles.page}>
          <Header language={language} setLanguage={setLanguage} place={place} />
          <ConnectionBanner />
          <ExpiredBar />
          <div className={styles.shell} data-beside={bookingId !== undefined}>
            <main ref={main} id="main" tabIndex={-1} className={styles.main}>
              <Page place={place} />
            </main>
            {bookingId !== undefined && may.readBookings !== 'none' && (
              <Beside addressed={bookingId} close={close} />
            )}
          </div>
          <footer className={styles.zone}>{texts.zone(zoneOf(Date.now()))}</footer>
        </div>
      </Followed>
      <Announcements announcer={announcer} />
    </SpeechContext>
  );
}

function Followed({ children }: { readonly children: ReactNode }) {
  return <FollowContext value={useOutcomes()}>{children}</FollowContext>;
}

interface BesideProps {
  /** The booking's id, or its reference. */
  readonly addressed: string;
  readonly close: (id: string) => void;
}

function Beside({ addressed, close }: BesideProps) {
  const id = useBookingId(addressed);
  return (
    <aside className={styles.beside}>
      {id !== undefined && <BookingHistory id={id} close={() => close(id)} />}
    </aside>
  );
}
