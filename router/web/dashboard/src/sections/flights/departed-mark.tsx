import { useServices, useValue } from '../../app/context.ts';
import type { Flight } from '../../data/rows.ts';
import { useTexts } from '../../texts/texts.ts';
import { isDeparted } from './departed.ts';
import styles from './flights.module.css';

/** Marks a flight whose day is over. */
export function Departed({ flight }: { readonly flight: Flight }) {
  const { flights: texts } = useTexts();
  const day = useValue(useServices().today);
  return isDeparted(flight, day) && <span className={styles.departed}>{texts.departed}</span>;
}
