/** The date that a booking form begins with: today, but never after the flight's take-off. All `YYYY-MM-DD`. */
export const defaultReserveDate = (today: string, takeoffDate: string | undefined): string =>
  takeoffDate !== undefined && takeoffDate < today ? takeoffDate : today;
