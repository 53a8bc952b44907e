import type uPlot from 'uplot';
import { formatDuration } from '../../app/format.ts';
import type { Statistics } from '../../data/statistics.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Bars, FONT, LEFT_PX } from './bars.tsx';
import { Card } from './card.tsx';
import styles from './charts.module.css';

/** Beside the last bar, whose label is wider than it. */
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
          <Bars
            caption={texts.charts.latency}
            heading={texts.charts.time}
            bars={used.map((bucket, index) => ({ name: limits[index] ?? '', count: bucket.count }))}
            rightPx={RIGHT_PX}
            labels={{
              splits: (plot) => {
                const step = stepOf(plot, limits);
                return [...limits.keys()].filter((index) => index % step === 0);
              },
              values: (_, splits) => splits.map((index) => limits[index] ?? ''),
            }}
            version={`${language} ${limits.join()}`}
          />
        </>
      )}
    </Card>
  );
}
