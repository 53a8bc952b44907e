import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import uPlot from 'uplot';
import { formatNumber } from '../../app/format.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Plot } from './plot.tsx';

export const FONT = '11px system-ui';
/** Of the axis of counts. */
export const LEFT_PX = 40;

interface BarsProps {
  readonly caption: string;
  /** What the bars are named by. */
  readonly heading: string;
  readonly bars: readonly { readonly name: string; readonly count: number }[];
  /** Where the first bar is on the axis below; each further one is at the next integer. */
  readonly first?: number;
  /** Beside the last bar. */
  readonly rightPx: number;
  readonly labels: Pick<uPlot.Axis, 'splits' | 'values'>;
  /** Makes new axes, when it changes. */
  readonly version: string;
}

/** Counts as bars, and as a table for those who do not see them. */
export function Bars({ caption, heading, bars, first = 0, rightPx, labels, version }: BarsProps) {
  const texts = useTexts();
  const language = useLanguage();
  const counts = bars.map(({ count }) => count).join(' ');
  const data = useMemo<uPlot.AlignedData>(() => {
    const values = counts.split(' ').map(Number);
    return [values.map((_, index) => first + index), values];
  }, [counts, first]);
  return (
    <>
      <Plot
        data={data}
        version={version}
        options={(color) => ({
          legend: { show: false },
          cursor: { show: false },
          padding: [6, rightPx, 0, 0],
          scales: {
            x: { time: false, range: (_, low, high) => [low - 0.6, high + 0.6] },
            y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] },
          },
          axes: [
            {
              ...labels,
              stroke: color('--ink-soft'),
              grid: { show: false },
              ticks: { show: false },
              font: FONT,
              size: 22,
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
              ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.76, 40], radius: 0.2 }) }),
            },
          ],
        })}
      />
      <VisuallyHidden>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{heading}</th>
              <th scope="col">{texts.charts.bookings}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ name, count }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{formatNumber(count, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
