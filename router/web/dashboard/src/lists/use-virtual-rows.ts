import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useState } from 'react';
import { useValue } from '../app/context.ts';
import type { List } from '../data/list.ts';
import { useReading } from './use-reading.ts';

export interface VirtualRow {
  readonly id: string;
  /** For the row's element, by which it is measured; `aria-posinset` counts from 1. */
  readonly attributes: {
    readonly ref: (element: HTMLElement | null) => void;
    readonly 'data-index': number;
  };
  /** From 0. */
  readonly index: number;
}

export interface VirtualRows {
  /** For the element that scrolls. */
  readonly scroller: (element: HTMLElement | null) => void;
  readonly rows: readonly VirtualRow[];
  /** Heights of what is not drawn, in pixels. */
  readonly before: number;
  readonly after: number;
}

/** Rows ahead of what is in sight by which the next page is asked for. */
const AHEAD = 20;
const OVERSCAN = 6;

/** The rows of a list that are in sight, and some around them. @param height of a row that was not drawn yet, in pixels */
export function useVirtualRows<Query>(list: List<Query>, height: number): VirtualRows {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const { ids, hasMore } = useValue(list.view);
  useReading(list, element);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => element,
    estimateSize: () => height,
    getItemKey: (index) => ids[index] ?? index,
    overscan: OVERSCAN,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      // The row that has the focus stays: without it the focus would be nowhere.
      const focused = Number(
        element?.querySelector('[data-index]:focus-within')?.getAttribute('data-index') ?? Number.NaN,
      );
      if (!(focused < range.count) || drawn.includes(focused)) return drawn;
      return [...drawn, focused].sort((one, other) => one - other);
    },
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= ids.length - AHEAD) list.more();
  }, [list, hasMore, last, ids.length]);

  const measure = (item: VirtualItem): VirtualRow => ({
    id: ids[item.index] ?? '',
    index: item.index,
    attributes: { ref: virtualizer.measureElement, 'data-index': item.index },
  });
  return {
    scroller: setElement,
    rows: items.map(measure),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
}
