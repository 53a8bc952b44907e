import { formatNumber, formatTime } from '../../app/format.ts';
import type { Statistics } from '../../data/statistics.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Bars } from './bars.tsx';
import { Card } from './card.tsx';
import styles from './charts.module.css';

/** Bookings by the minute in which they were placed. @param minutes oldest first */
export function PerMinute({ minutes }: { readonly minutes: Readonly<Statistics['minutes']> }) {
  const texts = useTexts();
  const language = useLanguage();
  const placed = minutes.reduce((sum, minute) => sum + minute.placed, 0);
  return (
    <Card title={texts.charts.perMinute} note={texts.charts.window}>
      <p className={styles.figure}>
        <strong>{formatNumber(minutes.at(-1)?.placed ?? 0, language)}</strong> {texts.charts.now} ·{' '}
        {texts.charts.inWindow(placed)}
      </p>
      <Bars
        caption={texts.charts.perMinute}
        heading={texts.charts.minute}
        bars={minutes.map((minute) => ({ name: formatTime(minute.at, language), count: minute.placed }))}
        first={1 - minutes.length}
        rightPx={4}
        labels={{
          splits: [-29, -20, -10, 0],
          values: (_, splits) =>
            splits.map((at) => (at === 0 ? texts.charts.now : texts.charts.minutesAgo(-at))),
        }}
        version={language}
      />
    </Card>
  );
}
