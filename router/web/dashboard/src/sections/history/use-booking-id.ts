import { useEffect, useState } from 'react';
import { useServices } from '../../app/context.ts';
import { isReference } from '../../data/reference.ts';

/** The id of the booking of an address, which may have its reference instead; undefined while that is looked for. */
export function useBookingId(addressed: string): string | undefined {
  const { live, store } = useServices();
  const [found, setFound] = useState<{ readonly of: string; readonly id: string }>();

  useEffect(() => {
    if (!isReference(addressed)) return;
    let isOver = false;
    const look = async () => {
      const asOf = live.ticks.next();
      const { fetch } = live.kinds.reservations;
      const { page } = await store.reservations.read(() => fetch({ reference: addressed }, undefined, 1));
      if (isOver) return;
      const [row] = page?.rows ?? [];
      if (row) store.reservations.put(row, asOf);
      store.touch();
      // An address that no booking has is said to have none.
      setFound({ of: addressed, id: row?.id ?? addressed });
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [addressed, live, store]);

  if (!isReference(addressed)) return addressed;
  return found?.of === addressed ? found.id : undefined;
}
