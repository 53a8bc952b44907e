import { Button } from '@mantine/core';
import { useServices } from '../../app/context.ts';
import { formatDate, formatMoney } from '../../app/format.ts';
import { Empty, Loaded, Panel } from '../../app/panel.tsx';
import { Titled } from '../../app/titled.tsx';
import type { Flight } from '../../data/rows.ts';
import { FlightDocument } from '../../generated/graphql.ts';
import { useRowOfPage } from '../../lists/use-row-of-page.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { BookingsOf } from '../bookings/bookings-of.tsx';
import { Departed } from './departed-mark.tsx';
import { EditFlight } from './edit-flight.tsx';
import styles from './flights.module.css';
import { SeatPicture } from './seat-picture.tsx';

interface FlightPageProps {
  readonly id: string;
  /** Puts the flight into the booking form. */
  readonly book: (id: string) => void;
}

/** One flight with its bookings. */
export function FlightPage({ id, book }: FlightPageProps) {
  const { graph, store, may } = useServices();
  const { flights: texts } = useTexts();
  const { loader, row, isMissing } = useRowOfPage<Flight>(store.flights, id, async () => {
    const { data, problem } = await graph.query(FlightDocument, { id });
    return data ? { data: data.flight ?? null } : { problem };
  });
  const name = row?.flightCode ?? texts.heading;
  return (
    <Titled title={name}>
      <Panel id="flight" heading={name} actions={row && may.registerFlights && <EditFlight flight={row} />}>
        <Loaded loader={loader} lines={3}>
          {isMissing && <Empty title={texts.missing} />}
          {row && <Facts flight={row} book={book} />}
        </Loaded>
      </Panel>
      {row && may.readBookings !== 'none' && <BookingsOf of="flight" id={id} />}
    </Titled>
  );
}

function Facts({ flight, book }: { readonly flight: Flight; readonly book: (id: string) => void }) {
  const { may } = useServices();
  const { flights: texts } = useTexts();
  const language = useLanguage();
  const { id, flightCode, takeoffDate, cost, currency, capacity, remainingSeatsCount } = flight;
  return (
    <div className={styles.page}>
      <dl className={styles.pageFacts}>
        <div>
          <dt>{texts.departure}</dt>
          <dd>
            <time dateTime={takeoffDate}>{formatDate(takeoffDate, language)}</time>{' '}
            <Departed flight={flight} />
          </dd>
        </div>
        <div>
          <dt>{texts.price}</dt>
          <dd>{formatMoney(cost, language, currency)}</dd>
        </div>
        <div>
          <dt>{texts.seats}</dt>
          <dd>{texts.left(remainingSeatsCount, capacity)}</dd>
        </div>
      </dl>
      <SeatPicture capacity={capacity} left={remainingSeatsCount} />
      {may.book !== 'none' && (
        <Button size="compact-md" aria-label={texts.book(flightCode)} onClick={() => book(id)}>
          {texts.bookShort}
        </Button>
      )}
    </div>
  );
}
