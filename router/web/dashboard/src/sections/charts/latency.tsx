import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import uPlot from 'uplot';
import { formatDuration, formatNumber } from '../../app/format.ts';
import type { Statistics } from '../../data/statistics.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Card } from './card.tsx';
import styles from './charts.module.css';
import { Plot } from './plot.tsx';

const FONT = '11px system-ui';
/** Of the axis of counts, and beside the last bar, whose label is wider than it. */
const LEFT_PX = 40;
const RIGHT_PX = 26;
/** Between two labels. */
const GAP_PX = 10;

/** Every how manieth bar has a label, so that none touches the next. */
function stepOf(plot: uPlot, labels: readonly string[]): number {
  plot.ctx.font = FONT;
  const widest = Math.max(...labels.map((label) => plot.ctx.measureText(label).width));
  const bar = (plot.width - LEFT_PX - RIGHT_PX) / (labels.length + 0.2);
  return Math.max(1, Math.ceil((widest + GAP_PX) / bar));
}

/** How long it took from a booking's placement to its outcome: how many sagas by their time. */
export function Latency({ latency: { count, p50Ms, p95Ms, p99Ms, buckets } }: Pick<Statistics, 'latency'>) {
  const texts = useTexts();
  const language = useLanguage();
  const used = buckets.slice(
    buckets.findIndex((bucket) => bucket.count > 0),
    buckets.findLastIndex((bucket) => bucket.count > 0) + 1,
  );
  const counts = used.map((bucket) => bucket.count).join(' ');
  const data = useMemo<uPlot.AlignedData>(() => {
    const values = counts.split(' ').map(Number);
    return [[...values.keys()], values];
  }, [counts]);
  const duration = (ms: number | null | undefined) => formatDuration(ms ?? 0, language);
  const longest = duration(buckets.findLast(({ upToMs }) => upToMs)?.upToMs);
  const nameOf = ({ upToMs }: (typeof buckets)[number]) =>
    upToMs === null ? texts.charts.above(longest) : texts.charts.upTo(duration(upToMs));
  const limits = used.map(nameOf);
  return (
    <Card title={texts.charts.latency} note={texts.charts.window}>
      {count === 0 ? (
        <p className={styles.nothing}>{texts.charts.noLatency}</p>
      ) : (
        <>
          <p className={styles.figure}>
            <strong>{duration(p50Ms)}</strong> {texts.charts.median} ·{' '}
            {texts.charts.percentiles(duration(p95Ms), duration(p99Ms))}
          </p>
          <Plot
            data={data}
            version={`${language} ${limits.join()}`}
            options={(color) => ({
              legend: { show: false },
              cursor: { show: false },
              padding: [6, RIGHT_PX, 0, 0],
              scales: {
                x: { time: false, range: (_, first, last) => [first - 0.6, last + 0.6] },
                y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] },
              },
              axes: [
                {
                  stroke: color('--ink-soft'),
                  grid: { show: false },
                  ticks: { show: false },
                  font: FONT,
                  size: 22,
                  splits: (plot) => {
                    const indexes = [...(plot.data[0] ?? [])];
                    const step = stepOf(plot, limits);
                    return indexes.filter((index) => index % step === 0);
                  },
                  values: (_, splits) => splits.map((index) => limits[index] ?? ''),
                },
                {
                  stroke: color('--ink-soft'),
                  grid: { stroke: color('--line'), width: 1 },
                  ticks: { show: false },
                  font: FONT,
                  size: LEFT_PX,
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
                  ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.8, 40], radius: 0.15 }) }),
                },
              ],
            })}
          />
          <VisuallyHidden>
            <table>
              <caption>{texts.charts.latency}</caption>
              <thead>
                <tr>
                  <th scope="col">{texts.charts.time}</th>
                  <th scope="col">{texts.charts.bookings}</th>
                </tr>
              </thead>
              <tbody>
                {used.map((bucket) => (
                  <tr key={String(bucket.upToMs)}>
                    <th scope="row">{nameOf(bucket)}</th>
                    <td>{formatNumber(bucket.count, language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </VisuallyHidden>
        </>
      )}
    </Card>
  );
}
