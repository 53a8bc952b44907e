import { useTexts } from '../texts/texts.ts';
import styles from './close-mark.module.css';

/** A cross that closes what it is in. */
export function CloseMark({ close }: { readonly close: () => void }) {
  const texts = useTexts();
  return (
    <button type="button" className={styles.close} aria-label={texts.dialog.close} onClick={close}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d="m3 3 10 10M13 3 3 13" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
    </button>
  );
}
