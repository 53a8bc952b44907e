import { useEffect, useRef } from 'react';
import type { Connection } from '../data/connection.ts';
import { type Texts, useTexts } from '../texts/texts.ts';
import { useServices, useValue } from './context.ts';
import styles from './header.module.css';
import { useMoment } from './moment.tsx';

/** Whether all that the page shows is as it is now; a status, so that a screen reader says when that changes. */
export function ConnectionStatus() {
  const { connection: value, announcer } = useServices();
  const connection = useValue(value);
  const isPartial = useFaults().length > 0;
  const texts = useTexts();
  const moment = useMoment();
  const { state } = connection;
  const before = useRef(state);
  useEffect(() => {
    const wasLost = before.current === 'reconnecting' || before.current === 'offline';
    if (wasLost && state === 'connected') announcer.announce(texts.connection.regained);
    before.current = state;
  }, [state, announcer, texts]);
  return (
    <div role="status" className={styles.status} data-state={isPartial ? 'partial' : state}>
      <span className={styles.dot} aria-hidden="true" />
      <span>
        {isPartial ? texts.connection.partial : nameOf(connection, texts)}
        {'since' in connection && ` · ${texts.connection.since(moment(connection.since))}`}
      </span>
    </div>
  );
}

interface Fault {
  readonly key: string;
  readonly since: number | string;
  readonly text: string;
}

/** Why some of the page may be out of date though it is connected. */
function useFaults(): readonly Fault[] {
  const { connection, away, heldUp } = useServices();
  const { state } = useValue(connection);
  const services = useValue(away);
  const since = useValue(heldUp.since);
  const unpublishedSince = useValue(heldUp.unpublishedSince);
  const { serviceAway, heldUp: text, unpublished } = useTexts().connection;
  if (state !== 'connected') return [];
  return [
    ...[...services].map(([name, since]) => ({ key: name, since, text: serviceAway[name] })),
    ...(since === undefined ? [] : [{ key: 'held up', since, text }]),
    // Bookings that wait say the same.
    ...(since !== undefined || unpublishedSince === undefined
      ? []
      : [{ key: 'unpublished', since: unpublishedSince, text: unpublished }]),
  ];
}

/** What is out of date, since when and why, and what happens then. */
export function ConnectionBanner() {
  const { connection } = useServices();
  const { state } = useValue(connection);
  const moment = useMoment();
  const { banner, offlineBanner, since: sinceText } = useTexts().connection;
  return (
    <div role="status">
      {state === 'offline' && <p className={styles.banner}>{offlineBanner}</p>}
      {state === 'reconnecting' && <p className={styles.banner}>{banner}</p>}
      {useFaults().map(({ key, since, text }) => (
        <p key={key} className={styles.banner}>
          {text} <strong>({sinceText(moment(since))})</strong>
        </p>
      ))}
    </div>
  );
}

function nameOf(connection: Connection, { connection: texts }: Texts): string {
  return connection.state === 'reconnecting'
    ? texts.reconnecting(connection.attempt)
    : texts[connection.state];
}
