import type { Reservation } from '../../data/rows.ts';
import { useTexts } from '../../texts/texts.ts';
import styles from './status-badge.module.css';

interface StatusBadgeProps {
  /** `sending`: the server has not responded yet. */
  readonly status: Reservation['status'] | 'sending';
  readonly reason?: Reservation['cancelReason'];
}

/** A booking's status in a word and a color, with the reason of a cancellation. */
export function StatusBadge({ status, reason }: StatusBadgeProps) {
  const texts = useTexts();
  return (
    <span className={styles.outcome}>
      <span className={styles.badge} data-status={status}>
        {texts.status[status]}
      </span>
      {reason && <span className={styles.reason}>{texts.reason[reason]}</span>}
    </span>
  );
}
