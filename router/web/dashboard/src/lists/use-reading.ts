import { useEffect } from 'react';
import type { List } from '../data/list.ts';

/** Holds a list still while somebody reads it: it is scrolled, pointed at, has the focus or what is selected. */
export function useReading(list: Pick<List<unknown>, 'hold'>, element: HTMLElement | null): void {
  useEffect(() => {
    if (!element) return;
    let isPointedAt = false;
    const look = () => {
      const selection = getSelection();
      const isSelected = selection?.isCollapsed === false && element.contains(selection.anchorNode);
      const hasFocus = element.contains(document.activeElement);
      list.hold(element.scrollTop > 0 || isPointedAt || hasFocus || isSelected);
    };
    const leaving = new AbortController();
    const { signal } = leaving;
    const point = ({ type }: Event) => {
      isPointedAt = type === 'pointerenter';
      look();
    };
    for (const name of ['pointerenter', 'pointerleave']) element.addEventListener(name, point, { signal });
    for (const name of ['scroll', 'focusin']) element.addEventListener(name, look, { signal });
    // By then the focus is where it goes to.
    element.addEventListener('focusout', () => queueMicrotask(look), { signal });
    document.addEventListener('selectionchange', look, { signal });
    return () => {
      leaving.abort();
      list.hold(false);
    };
  }, [list, element]);
}
