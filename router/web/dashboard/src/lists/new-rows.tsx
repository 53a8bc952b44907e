import { useRef } from 'react';
import { useValue } from '../app/context.ts';
import type { List } from '../data/list.ts';
import { useTexts } from '../texts/texts.ts';
import styles from './lists.module.css';

/** Says how many new rows wait while somebody reads, and puts them in. */
export function NewRows({ list }: { readonly list: Pick<List<unknown>, 'view' | 'showNew'> }) {
  const { waiting } = useValue(list.view);
  const texts = useTexts();
  const place = useRef<HTMLDivElement>(null);

  function show(): void {
    list.showNew();
    const panel = place.current?.closest('section');
    panel?.querySelector('[data-scroller]')?.scrollTo({ top: 0 });
    // The button is gone.
    panel?.querySelector('h2')?.focus();
  }

  return (
    <div ref={place} className={styles.waiting} data-new-rows>
      {waiting > 0 && (
        <button type="button" onClick={show}>
          {texts.lists.new(waiting)}
        </button>
      )}
    </div>
  );
}
