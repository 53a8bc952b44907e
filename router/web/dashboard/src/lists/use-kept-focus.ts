import { useLayoutEffect } from 'react';

/**
 * Gives the focus that a row or a dialog takes with it out of a list to the row in its place, or to the heading of the section
 * where none is left: else it would be nowhere. To be called where the list is drawn.
 * @param sectionId of the element that it is in
 */
export function useKeptFocus(sectionId: string): void {
  const section = document.getElementById(sectionId);
  const focused = section?.querySelector(':focus');
  const index = Number(focused?.closest<HTMLElement>('[data-index]')?.dataset.index ?? 0);
  useLayoutEffect(() => {
    if (!section || !focused || document.activeElement !== document.body) return;
    const rows = [...section.querySelectorAll<HTMLElement>('[data-index]')];
    const next = rows.find((row) => Number(row.dataset.index) >= index) ?? rows.at(-1);
    (next?.querySelector('a') ?? section.querySelector('h2'))?.focus();
  });
}
