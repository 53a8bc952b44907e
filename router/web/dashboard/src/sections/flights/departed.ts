import type { Flight } from '../../data/rows.ts';

/** Whether a flight's day is over. @param today `YYYY-MM-DD` where the reader is */
export const isDeparted = ({ takeoffDate }: Pick<Flight, 'takeoffDate'>, today: string): boolean =>
  // It is empty while it is typed.
  takeoffDate !== '' && takeoffDate < today;
