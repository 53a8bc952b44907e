import { formatPercent } from '../../app/format.ts';
import type { Statistics } from '../../data/statistics.ts';
import { type Texts, useLanguage, useTexts } from '../../texts/texts.ts';
import { Card } from './card.tsx';
import styles from './charts.module.css';

type OutcomeCount = Statistics['outcomes'][number];

const keyOf = ({ status, cancelReason }: OutcomeCount): string => cancelReason ?? status;

function nameOf(outcome: OutcomeCount, { status, reason }: Texts): string {
  const names: Readonly<Record<string, string>> = { ...status, ...reason };
  return names[keyOf(outcome)] ?? keyOf(outcome);
}

/** What bookings became in the last minutes: a bar, and the list that says it. */
export function Outcomes({ outcomes }: Pick<Statistics, 'outcomes'>) {
  const texts = useTexts();
  const language = useLanguage();
  const settled = outcomes.reduce((sum, { count }) => sum + count, 0);
  let left = 0;
  return (
    <Card title={texts.charts.outcomes} note={texts.charts.window}>
      {settled === 0 && <p className={styles.nothing}>{texts.charts.noOutcomes}</p>}
      {settled > 0 && (
        <>
          <svg className={styles.shares} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            {outcomes.map((outcome) => {
              const width = (100 * outcome.count) / settled;
              left += width;
              return (
                <rect
                  key={keyOf(outcome)}
                  className={styles.share}
                  data-outcome={keyOf(outcome)}
                  x={left - width}
                  width={width}
                  height="10"
                />
              );
            })}
          </svg>
          <dl className={styles.outcomes}>
            {outcomes.map((outcome) => (
              <div key={keyOf(outcome)}>
                <dt>
                  <span className={styles.key} data-outcome={keyOf(outcome)} aria-hidden="true" />
                  {nameOf(outcome, texts)}
                </dt>
                <dd>{texts.charts.share(outcome.count, formatPercent(outcome.count / settled, language))}</dd>
              </div>
            ))}
          </dl>
          <p className={styles.note}>{texts.charts.outcomesNote}</p>
        </>
      )}
    </Card>
  );
}
