import type { ReactNode } from 'react';
import { CloseMark } from './close-mark.tsx';
import styles from './form-error.module.css';

interface FormErrorProps {
  readonly title?: string;
  /** Not known yet rather than failed. */
  readonly isOpen?: boolean;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Why something could not be done, or that it is not known yet. */
export function FormError({ title, isOpen = false, close, children }: FormErrorProps) {
  return (
    <div role="alert" className={styles.error} data-open={isOpen}>
      <p>
        {title !== undefined && <strong>{title} </strong>}
        {children}
      </p>
      <CloseMark close={close} />
    </div>
  );
}
