import { Button } from '@mantine/core';
import { Empty } from '../app/panel.tsx';
import { useTexts } from '../texts/texts.ts';
import styles from './lists.module.css';

interface NothingFoundProps {
  /** What was searched for, each condition in words. */
  readonly conditions: readonly string[];
  readonly clear: () => void;
}

export function NothingFound({ conditions, clear }: NothingFoundProps) {
  const texts = useTexts();
  return (
    <div className={styles.nothing} role="status">
      <Empty title={texts.lists.nothing} hint={conditions.join(' · ')} />
      <Button size="xs" variant="default" onClick={clear}>
        {texts.lists.clear}
      </Button>
    </div>
  );
}
