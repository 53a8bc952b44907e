import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import type uPlot from 'uplot';
import { formatDuration } from '../../app/format.ts';
import type { Figures } from '../../data/statistics.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Card } from './card.tsx';
import styles from './charts.module.css';
import { Plot } from './plot.tsx';

export function Latency({ figures: { latencies, p50 } }: { readonly figures: Figures }) {
  const texts = useTexts();
  const language = useLanguage();
  const values = latencies.join(' ');
  const data = useMemo<uPlot.AlignedData>(() => {
    const all = values === '' ? [] : values.split(' ').map(Number);
    return [all.map((_, index) => index + 1), all, all.map(() => p50 ?? null)];
  }, [values, p50]);
  const shortest = formatDuration(Math.min(...latencies), language);
  const longest = formatDuration(Math.max(...latencies), language);
  return (
    <Card title={texts.charts.latency} note={texts.charts.latencyNote(latencies.length)}>
      {p50 === undefined ? (
        <p className={styles.nothing}>{texts.charts.noLatency}</p>
      ) : (
        <>
          <p className={styles.figure}>
            <strong>{formatDuration(p50, language)}</strong> {texts.charts.median} ·{' '}
            {texts.charts.range(shortest, longest)}
          </p>
          <Plot
            data={data}
            version={language}
            options={(color) => ({
              legend: { show: false },
              cursor: { show: false },
              padding: [6, 6, 8, 0],
              scales: { x: { time: false }, y: { range: (_, __, max) => [0, Math.max(10, max * 1.1)] } },
              axes: [
                { show: false },
                {
                  stroke: color('--ink-soft'),
                  grid: { stroke: color('--line'), width: 1 },
                  ticks: { show: false },
                  font: '11px system-ui',
                  size: 52,
                  space: 30,
                  values: (_, splits) => splits.map((ms) => formatDuration(ms, language)),
                },
              ],
              series: [
                {},
                {
                  stroke: color('--seat-taken'),
                  fill: color('--accent-soft'),
                  width: 1.5,
                  points: { show: latencies.length < 3, size: 5 },
                },
                { stroke: color('--wait-fill'), width: 1.5, dash: [5, 4], points: { show: false } },
              ],
            })}
          />
        </>
      )}
      <VisuallyHidden>
        {p50 !== undefined && (
          <ol aria-label={texts.charts.latency}>
            {latencies.map((ms, index) => (
              <li key={index}>{formatDuration(ms, language)}</li>
            ))}
          </ol>
        )}
      </VisuallyHidden>
    </Card>
  );
}
