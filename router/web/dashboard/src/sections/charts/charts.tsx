import { VisuallyHidden } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useServices, useValue } from '../../app/context.ts';
import { Failure, Waiting } from '../../app/panel.tsx';
import type { Figures } from '../../data/statistics.ts';
import { useTexts } from '../../texts/texts.ts';
import styles from './charts.module.css';
import { Latency } from './latency.tsx';
import { Outcomes } from './outcomes.tsx';
import { PerMinute } from './per-minute.tsx';

/** The window of minutes moves even when nothing happens. */
const REDRAW_MS = 1_000;

/** Counted from what is pushed. */
function useFigures(): Figures {
  const { store } = useServices();
  const [figures, setFigures] = useState(() => store.statistics().figures(Date.now()));
  useEffect(() => {
    const draw = () => setFigures(store.statistics().figures(Date.now()));
    const timer = setInterval(draw, REDRAW_MS);
    const leave = store.reservations.followList(draw);
    return () => {
      clearInterval(timer);
      leave();
    };
  }, [store]);
  return figures;
}

export function Charts() {
  const { live } = useServices();
  const texts = useTexts();
  const state = useValue(live.reservations.state);
  const figures = useFigures();
  const headingId = useId();
  return (
    <section className={styles.strip} aria-labelledby={headingId}>
      <VisuallyHidden component="h2" id={headingId}>
        {texts.charts.heading}
      </VisuallyHidden>
      {state.phase === 'loading' && <Placeholders />}
      {state.phase === 'failed' && !state.isStale && (
        <div className={`${styles.card} ${styles.whole}`}>
          <Failure state={state} retry={live.reservations.request} />
        </div>
      )}
      {(state.phase === 'ready' || (state.phase === 'failed' && state.isStale)) && (
        <>
          <PerMinute figures={figures} />
          <Outcomes figures={figures} />
          <Latency figures={figures} />
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
