import { useEffect, useRef, useState } from 'react';
import { CloseMark } from '../../app/close-mark.tsx';
import { useServices, useValue } from '../../app/context.ts';
import { Empty, Failure, Panel, Waiting } from '../../app/panel.tsx';
import { followHistory } from '../../data/history.ts';
import { useTexts } from '../../texts/texts.ts';
import { BookingFacts } from './booking-facts.tsx';
import styles from './booking-history.module.css';
import { Steps } from './steps.tsx';

interface BookingHistoryProps {
  readonly id: string;
  readonly close: () => void;
}

/** One booking, and how it went through the services. It has the focus when it opens; Escape closes it. */
export function BookingHistory({ id, close }: BookingHistoryProps) {
  const texts = useTexts();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector('h2')?.focus({ preventScroll: true }), [id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to keys for what is in it
    <div
      ref={place}
      className={styles.drawer}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <Panel id="history" heading={texts.history.heading} actions={<CloseMark close={close} />} isFlush>
        <Followed key={id} id={id} />
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
      return <Waiting lines={8} />;
    case 'missing':
      return <Empty title={texts.history.missing} />;
    case 'failed':
      return <Failure state={{ ...state, isStale: false }} retry={history.ask} />;
    case 'ready':
      return (
        <div className={styles.history}>
          <BookingFacts booking={state.booking} />
          <Steps booking={state.booking} />
        </div>
      );
  }
}
