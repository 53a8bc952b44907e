import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts.ts';
import { useOpen } from '../use-open.ts';

/** GraphiQL's name for a tab without one. */
const UNTITLED = '<untitled>';

/** One tab for each operation; they are gone through by the arrow keys. */
export function OperationTabs() {
  const { tabs: texts } = useTexts();
  const { tabs, active, add, choose, close } = useOpen();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const shown = list.current?.querySelector('[aria-selected="true"]');
    shown?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active, tabs.length]);

  function move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (active + step + tabs.length) % tabs.length;
    choose(next);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  }

  return (
    <div className="tabs">
      <div role="tablist" aria-label={texts.label} ref={list} onKeyDown={move}>
        {tabs.map(({ id, title }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={index === active}
            aria-controls="operation"
            tabIndex={index === active ? 0 : -1}
            onClick={() => choose(index)}
          >
            {title === UNTITLED ? texts.untitled : title}
          </button>
        ))}
      </div>
      {tabs.length > 1 && (
        <button
          type="button"
          className="quiet"
          aria-label={texts.close(tabs[active]?.title ?? '')}
          title={texts.close(tabs[active]?.title ?? '')}
          onClick={() => close(active)}
        >
          ×
        </button>
      )}
      <button type="button" className="quiet" aria-label={texts.add} title={texts.add} onClick={add}>
        +
      </button>
    </div>
  );
}
