import { formatNumber } from '../../app/format.ts';
import type { Statistics } from '../../data/statistics.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import styles from './charts.module.css';

const names = ['placed', 'pending', 'succeeded', 'canceled', 'customers'] as const;

/** All bookings that there ever were, by what they are now. */
export function Totals({ statistics }: { readonly statistics: Statistics }) {
  const { charts: texts } = useTexts();
  const language = useLanguage();
  return (
    <dl className={`${styles.whole} ${styles.totals}`} aria-label={texts.totals}>
      {names.map((name) => (
        <div key={name}>
          <dt>{texts.total[name]}</dt>
          <dd>{formatNumber(statistics[name], language)}</dd>
        </div>
      ))}
    </dl>
  );
}
