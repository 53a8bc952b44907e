import { useEffect, useRef, useState } from 'react';
import { useServices } from '../app/context.ts';
import type { Kind } from '../data/kind.ts';
import type { List } from '../data/list.ts';

/** What is not in sight is loaded a moment after what is. */
const OUT_OF_SIGHT_MS = 300;

/**
 * A list for as long as it is drawn.
 * @param sectionId of the element that it is in
 */
export function useLiveList<Row extends object, Query>(
  kind: Kind<Row, Query>,
  query: Query,
  sectionId: string,
): List<Query> {
  const { live } = useServices();
  const [list] = useState(() => live.list(kind, query));
  const text = JSON.stringify(query);
  const latest = useRef(query);
  latest.current = query;

  useEffect(() => {
    let leave = () => {};
    const top = document.getElementById(sectionId)?.getBoundingClientRect().top ?? 0;
    const follow = () => {
      leave = live.follow(kind, list);
    };
    const timer = top < innerHeight ? void follow() : setTimeout(follow, OUT_OF_SIGHT_MS);
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [live, kind, list, sectionId]);

  useEffect(() => list.search(latest.current), [list, text]);
  return list;
}
