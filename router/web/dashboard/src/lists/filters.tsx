import { type ReactNode, useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import styles from './lists.module.css';

interface FiltersProps {
  readonly children: ReactNode;
  /** Those that are asked for more rarely. */
  readonly more?: ReactNode;
  /** Whether one of those is in use. */
  readonly isMoreUsed?: boolean;
}

/** The conditions of a search. */
export function Filters({ children, more, isMoreUsed = false }: FiltersProps) {
  const texts = useTexts();
  const [isOpen, setIsOpen] = useState(isMoreUsed);
  return (
    <search className={styles.filters}>
      <div className={styles.fields}>{children}</div>
      {more && (
        <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
          <summary>{texts.lists.filters}</summary>
          <div className={styles.fields}>{more}</div>
        </details>
      )}
    </search>
  );
}
