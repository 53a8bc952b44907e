import { Timeline } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useRow, useServices, useValue } from '../../app/context.ts';
import { formatDuration, formatMoney } from '../../app/format.ts';
import { Empty, Failure, Panel, Waiting } from '../../app/panel.tsx';
import { followHistory } from '../../data/history.ts';
import { type Booking, isComplete, timed } from '../../data/timeline.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { StatusBadge } from '../bookings/status-badge.tsx';
import styles from './booking-history.module.css';

/** How one booking went through the services. @param id undefined: none is chosen */
export function BookingHistory({ id }: { readonly id: string | undefined }) {
  const texts = useTexts();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a narrow screen it is further down than the booking that was chosen.
    if (id !== undefined && matchMedia('(max-width: 1240px)').matches)
      place.current?.scrollIntoView({ block: 'nearest' });
  }, [id]);
  return (
    <div ref={place}>
      <Panel id="history" heading={texts.history.heading} isFlush>
        {id === undefined ? (
          <Empty title={texts.history.none} hint={texts.history.noneHint} />
        ) : (
          <Followed key={id} id={id} />
        )}
      </Panel>
    </div>
  );
}

function Followed({ id }: { readonly id: string }) {
  const { graph, store, later } = useServices();
  const [history, setHistory] = useState<ReturnType<typeof followHistory>>();
  useEffect(() => {
    const followed = followHistory({ id, graph, store, later });
    setHistory(followed);
    return followed.stop;
  }, [id, graph, store, later]);
  return history ? <Shown history={history} /> : <Waiting lines={5} />;
}

function Shown({ history }: { readonly history: ReturnType<typeof followHistory> }) {
  const texts = useTexts();
  const state = useValue(history.state);
  switch (state.phase) {
    case 'loading':
      return <Waiting lines={5} />;
    case 'missing':
      return <Empty title={texts.history.missing} />;
    case 'failed':
      return <Failure state={{ ...state, isStale: false }} retry={history.ask} />;
    case 'ready':
      return <Steps booking={state.booking} />;
  }
}

function Steps({ booking }: { readonly booking: Booking }) {
  const texts = useTexts();
  const language = useLanguage();
  const { store } = useServices();
  const code = useRow(store.flights, booking.flightId)?.row.flightCode;
  const steps = timed(booking.history);
  const reasons: Readonly<Record<string, string>> = texts.reason;
  /** The services give reasons by their codes, and flights by their ids. */
  const inWords = (detail: string) =>
    reasons[detail] ?? detail.replace(booking.flightId, code ?? booking.flightId);
  const last = steps.at(-1);
  return (
    <div className={styles.history}>
      <div className={styles.summary}>
        <StatusBadge status={booking.status} reason={booking.cancelReason ?? null} />
        {last && (
          <span className={styles.total}>
            <strong>{formatDuration(last.sinceStart, language)}</strong> {texts.history.total}
          </span>
        )}
      </div>
      <Timeline active={steps.length} bulletSize={14} lineWidth={2} component="ol">
        {steps.map(({ event, service, at, detail, sincePrevious }, index) => (
          <Timeline.Item key={`${event} ${at} ${index}`} component="li" className={styles.item}>
            <div className={styles.step}>
              <span className={styles.event}>{texts.history.events[event] ?? event}</span>
              {sincePrevious !== undefined && (
                <span className={styles.duration}>
                  {texts.history.step(formatDuration(sincePrevious, language))}
                </span>
              )}
              <span className={styles.service} data-service={service}>
                {texts.history.services[service] ?? service}
              </span>
              <time className={styles.at} dateTime={at}>
                {at.slice(11, 23)}
              </time>
              {detail && <span className={styles.detail}>{inWords(detail)}</span>}
            </div>
          </Timeline.Item>
        ))}
      </Timeline>
      {!isComplete(booking) || booking.status === 'PENDING' ? (
        <p className={styles.waiting}>{texts.history.waiting}…</p>
      ) : null}
      {booking.payment && (
        <p className={styles.payment}>
          {texts.history.payment}: <strong>{formatMoney(booking.payment.cost, language)}</strong>,{' '}
          {texts.history.paymentStatus[booking.payment.status]}
        </p>
      )}
    </div>
  );
}
