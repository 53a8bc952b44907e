import { Timeline } from '@mantine/core';
import { formatDuration } from '../../app/format.ts';
import { Moment } from '../../app/moment.tsx';
import { type Booking, isComplete, timed } from '../../data/timeline.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import styles from './booking-history.module.css';
import { detailOf } from './step-text.ts';

/** What the services did for a booking, in the order in which they did it. */
export function Steps({ booking }: { readonly booking: Booking }) {
  const texts = useTexts();
  const language = useLanguage();
  const steps = timed(booking.history);
  const last = steps.at(-1);
  return (
    <>
      <Timeline active={steps.length} bulletSize={14} lineWidth={2} component="ol">
        {steps.map((step, index) => (
          <Timeline.Item key={`${step.event} ${step.at} ${index}`} component="li" className={styles.item}>
            <div className={styles.step}>
              <span className={styles.event}>{texts.history.events[step.event] ?? step.event}</span>
              {step.sincePrevious !== undefined && (
                <span className={styles.duration}>
                  {texts.history.step(formatDuration(step.sincePrevious, language))}
                </span>
              )}
              <span className={styles.service}>{texts.history.services[step.service] ?? step.service}</span>
              <span className={styles.at}>
                <Moment instant={step.at} hasSeconds />
              </span>
              <span className={styles.detail}>{detailOf(step, texts, language)}</span>
            </div>
          </Timeline.Item>
        ))}
      </Timeline>
      {!isComplete(booking) || booking.status === 'PENDING' ? (
        <p className={styles.waiting}>{texts.history.waiting}…</p>
      ) : (
        last && (
          <p className={styles.total}>
            {texts.history.total}: <strong>{formatDuration(last.sinceStart, language)}</strong>
          </p>
        )
      )}
    </>
  );
}
