import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import uPlot from 'uplot';
import { formatNumber, formatTime } from '../../app/format.ts';
import { type Figures, MINUTES } from '../../data/statistics.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Card } from './card.tsx';
import styles from './charts.module.css';
import { Plot } from './plot.tsx';

export function PerMinute({ figures: { perMinute, placed } }: { readonly figures: Figures }) {
  const texts = useTexts();
  const language = useLanguage();
  const counts = perMinute.map((bucket) => bucket.placed).join(' ');
  const data = useMemo<uPlot.AlignedData>(
    () => [Array.from({ length: MINUTES }, (_, index) => index - MINUTES + 1), counts.split(' ').map(Number)],
    [counts],
  );
  return (
    <Card title={texts.charts.perMinute} note={texts.charts.window}>
      <p className={styles.figure}>
        <strong>{formatNumber(perMinute.at(-1)?.placed ?? 0, language)}</strong> {texts.charts.now} ·{' '}
        {formatNumber(placed, language)} {texts.charts.window}
      </p>
      <Plot
        data={data}
        version={language}
        options={(color) => ({
          legend: { show: false },
          cursor: { show: false },
          padding: [6, 4, 0, 0],
          scales: {
            x: { time: false, range: [-MINUTES + 0.4, 0.6] },
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
            {perMinute.map((bucket) => (
              <tr key={bucket.minute}>
                <th scope="row">{formatTime(bucket.minute, language)}</th>
                <td>{formatNumber(bucket.placed, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Card>
  );
}
