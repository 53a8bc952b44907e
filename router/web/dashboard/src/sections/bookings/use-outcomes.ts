import { createContext, use, useCallback, useEffect, useRef } from 'react';
import { useServices } from '../../app/context.ts';
import { useTexts } from '../../texts/texts.ts';

/** Has what becomes of a booking announced that was made or canceled here. */
export const FollowContext = createContext<(id: string) => void>(() => {});
export const useFollow = () => use(FollowContext);

/** Announces what becomes of bookings that were made or canceled here, each once; returns how to follow one. */
export function useOutcomes(): (id: string) => void {
  const { store, announcer } = useServices();
  const texts = useTexts();
  const words = useRef(texts);
  words.current = texts;
  const followed = useRef(new Map<string, () => void>());

  useEffect(() => {
    const { current } = followed;
    return () => {
      for (const leave of current.values()) leave();
    };
  }, []);

  return useCallback(
    (id: string) => {
      if (followed.current.has(id)) return;
      let announced = 'PENDING';
      const look = () => {
        const row = store.reservations.get(id)?.row;
        if (!row || row.status === announced) return;
        announced = row.status;
        const { bookings, reason } = words.current;
        const code = store.flights.get(row.flightId)?.row.flightCode ?? bookings.unknownFlight;
        if (row.status === 'SUCCEED') announcer.announce(bookings.succeeded(row.customerId, code));
        if (row.status === 'CANCELED') {
          const why = row.cancelReason ? reason[row.cancelReason] : '';
          announcer.announce(bookings.canceled(row.customerId, code, why));
        }
        if (row.status !== 'CANCELED') return;
        followed.current.get(id)?.();
        followed.current.delete(id);
      };
      followed.current.set(id, store.reservations.followRow(id, look));
      look();
    },
    [store, announcer],
  );
}
