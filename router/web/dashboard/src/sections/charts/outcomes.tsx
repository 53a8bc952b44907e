import { formatPercent } from '../../app/format.ts';
import type { Figures, Outcome } from '../../data/statistics.ts';
import { type Texts, useLanguage, useTexts } from '../../texts/texts.ts';
import { Card } from './card.tsx';
import styles from './charts.module.css';

const nameOf = (outcome: Outcome, { status, reason }: Texts): string =>
  outcome === 'PENDING' || outcome === 'SUCCEED' ? status[outcome] : reason[outcome];

/** What became of the bookings: a bar, and the list that says it. */
export function Outcomes({ figures: { outcomes, placed } }: { readonly figures: Figures }) {
  const texts = useTexts();
  const language = useLanguage();
  let left = 0;
  return (
    <Card title={texts.charts.outcomes} note={texts.charts.window}>
      {placed === 0 && <p className={styles.nothing}>{texts.charts.noBookings}</p>}
      {placed > 0 && (
        <>
          <svg className={styles.shares} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            {outcomes.map(({ outcome, count }) => {
              const width = (100 * count) / placed;
              left += width;
              return (
                <rect
                  key={outcome}
                  className={styles.share}
                  data-outcome={outcome}
                  x={left - width}
                  width={width}
                  height="10"
                />
              );
            })}
          </svg>
          <dl className={styles.outcomes}>
            {outcomes.map(({ outcome, count }) => (
              <div key={outcome}>
                <dt>
                  <span className={styles.key} data-outcome={outcome} aria-hidden="true" />
                  {nameOf(outcome, texts)}
                </dt>
                <dd>{texts.charts.share(count, formatPercent(count / placed, language))}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Card>
  );
}
