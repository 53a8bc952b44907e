import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import uPlot from 'uplot';
import { formatNumber, formatTime } from '../../app/format.ts';
import type { Statistics } from '../../data/statistics.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Card } from './card.tsx';
import styles from './charts.module.css';
import { Plot } from './plot.tsx';

/** Bookings by the minute in which they were placed. @param minutes oldest first */
export function PerMinute({ minutes }: { readonly minutes: Readonly<Statistics['minutes']> }) {
  const texts = useTexts();
  const language = useLanguage();
  const counts = minutes.map(({ placed }) => placed).join(' ');
  const data = useMemo<uPlot.AlignedData>(() => {
    const values = counts.split(' ').map(Number);
    return [values.map((_, index) => index - values.length + 1), values];
  }, [counts]);
  const placed = minutes.reduce((sum, minute) => sum + minute.placed, 0);
  return (
    <Card title={texts.charts.perMinute} note={texts.charts.window}>
      <p className={styles.figure}>
        <strong>{formatNumber(minutes.at(-1)?.placed ?? 0, language)}</strong> {texts.charts.now} ·{' '}
        {texts.charts.inWindow(placed)}
      </p>
      <Plot
        data={data}
        version={language}
        options={(color) => ({
          legend: { show: false },
          cursor: { show: false },
          padding: [6, 4, 0, 0],
          scales: {
            x: { time: false, range: (_, first) => [first - 0.6, 0.6] },
            y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] },
          },
          axes: [
            {
              stroke: color('--ink-soft'),
              grid: { show: false },
              ticks: { show: false },
              font: '11px system-ui',
              size: 22,
              splits: [-29, -20, -10, 0],
              values: (_, splits) =>
                splits.map((at) => (at === 0 ? texts.charts.now : texts.charts.minutesAgo(-at))),
            },
            {
              stroke: color('--ink-soft'),
              grid: { stroke: color('--line'), width: 1 },
              ticks: { show: false },
              font: '11px system-ui',
              size: 34,
              space: 30,
              incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000],
            },
          ],
          series: [
            {},
            {
              fill: color('--seat-taken'),
              width: 0,
              points: { show: false },
              ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.72, 24], radius: 0.25 }) }),
            },
          ],
        })}
      />
      <VisuallyHidden>
        <table>
          <caption>{texts.charts.perMinute}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.charts.minute}</th>
              <th scope="col">{texts.charts.bookings}</th>
            </tr>
          </thead>
          <tbody>
            {minutes.map((minute) => (
              <tr key={minute.at}>
                <th scope="row">{formatTime(minute.at, language)}</th>
                <td>{formatNumber(minute.placed, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Card>
  );
}
