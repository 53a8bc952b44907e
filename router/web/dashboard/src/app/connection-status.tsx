import { useEffect, useRef } from 'react';
import type { Connection } from '../data/connection.ts';
import { type Texts, useLanguage, useTexts } from '../texts/texts.ts';
import { useServices, useValue } from './context.ts';
import { formatTime } from './format.ts';
import styles from './header.module.css';

/** How the page is connected; a status, so that a screen reader says when that changes. */
export function ConnectionStatus() {
  const { connection: value, announcer } = useServices();
  const connection = useValue(value);
  const texts = useTexts();
  const language = useLanguage();
  const { state } = connection;
  const before = useRef(state);
  useEffect(() => {
    const wasLost = before.current === 'reconnecting' || before.current === 'offline';
    if (wasLost && state === 'connected') announcer.announce(texts.connection.regained);
    before.current = state;
  }, [state, announcer, texts]);
  const since = 'since' in connection ? formatTime(connection.since, language) : undefined;
  return (
    <div role="status" className={styles.status} data-state={state}>
      <span className={styles.dot} aria-hidden="true" />
      <span>
        {nameOf(connection, texts)}
        {since !== undefined && ` · ${texts.connection.since(since)}`}
      </span>
    </div>
  );
}

/** What it means for the rest of the page. */
export function ConnectionBanner() {
  const { connection: value } = useServices();
  const { state } = useValue(value);
  const texts = useTexts();
  if (state !== 'reconnecting' && state !== 'offline') return null;
  return <p className={styles.banner}>{texts.connection.banner}</p>;
}

function nameOf(connection: Connection, { connection: texts }: Texts): string {
  return connection.state === 'reconnecting'
    ? texts.reconnecting(connection.attempt)
    : texts[connection.state];
}
