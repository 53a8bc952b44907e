import { date, event, id, instant, seatCount } from './event.ts';

/** What the dashboard service publishes. */
export const dashboardEvents = {
  CustomerInfoUpdated: event(1, 'customerId', {
    customerId: id,
    flightCount: seatCount,
    recentReserveDate: date.nullable(),
    canceledCount: seatCount,
    updatedAt: instant,
  }),
};
