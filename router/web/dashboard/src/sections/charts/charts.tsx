import { VisuallyHidden } from '@mantine/core';
import { useEffect, useId, useReducer } from 'react';
import { useServices, useValue } from '../../app/context.ts';
import { Failure, Waiting } from '../../app/panel.tsx';
import { minutesUntil } from '../../data/statistics.ts';
import { useTexts } from '../../texts/texts.ts';
import styles from './charts.module.css';
import { Latency } from './latency.tsx';
import { Outcomes } from './outcomes.tsx';
import { PerMinute } from './per-minute.tsx';
import { Totals } from './totals.tsx';

/** The window of minutes moves even when nothing happens. */
const REDRAW_MS = 1_000;

/** Figures of all bookings, as the server counts them. */
export function Charts() {
  const { live } = useServices();
  const texts = useTexts();
  const state = useValue(live.figures.loader.state);
  const statistics = useValue(live.figures.value);
  const headingId = useId();
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(draw, REDRAW_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <section className={styles.strip} aria-labelledby={headingId}>
      <VisuallyHidden component="h2" id={headingId}>
        {texts.charts.heading}
      </VisuallyHidden>
      {state.phase === 'failed' && (
        <div className={`${styles.card} ${styles.whole}`}>
          <Failure state={state} retry={live.figures.loader.request} />
        </div>
      )}
      {state.phase === 'loading' && !statistics && <Placeholders />}
      {statistics && (
        <>
          <Totals statistics={statistics} />
          <PerMinute minutes={minutesUntil(statistics.minutes, Date.now())} />
          <Outcomes outcomes={statistics.outcomes} />
          <Latency latency={statistics.latency} />
        </>
      )}
    </section>
  );
}

function Placeholders() {
  return ['a', 'b', 'c'].map((key) => (
    <div key={key} className={styles.card}>
      <Waiting lines={4} />
    </div>
  ));
}
