import { useEffect } from 'react';
import type { List } from '../data/list.ts';

/**
 * Holds a list still while somebody reads it: it is scrolled, pointed at, has the focus or what is selected. On the way to the
 * button that puts new rows in they still read it: else the button would be gone before it is pressed.
 */
export function useReading(list: Pick<List<unknown>, 'hold'>, element: HTMLElement | null): void {
  useEffect(() => {
    if (!element) return;
    const button = element.closest('section')?.querySelector<HTMLElement>('[data-new-rows]');
    const places = button ? [element, button] : [element];
    const pointedAt = new Set<EventTarget | null>();
    const look = () => {
      const selection = getSelection();
      const isSelected = selection?.isCollapsed === false && element.contains(selection.anchorNode);
      const hasFocus = places.some((place) => place.contains(document.activeElement));
      list.hold(element.scrollTop > 0 || pointedAt.size > 0 || hasFocus || isSelected);
    };
    const leaving = new AbortController();
    const { signal } = leaving;
    const point = ({ type, currentTarget }: Event) => {
      if (type === 'pointerenter') pointedAt.add(currentTarget);
      else pointedAt.delete(currentTarget);
      look();
    };
    for (const place of places) {
      for (const name of ['pointerenter', 'pointerleave']) place.addEventListener(name, point, { signal });
      for (const name of ['scroll', 'focusin']) place.addEventListener(name, look, { signal });
      // By then the focus is where it goes to.
      place.addEventListener('focusout', () => queueMicrotask(look), { signal });
    }
    document.addEventListener('selectionchange', look, { signal });
    return () => {
      leaving.abort();
      list.hold(false);
    };
  }, [list, element]);
}
