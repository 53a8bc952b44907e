import { currency, event, id, money } from './event.ts';

const payment = { paymentId: id, reservationId: id, customerId: id, cost: money, currency };

/** What the payment service publishes. `cost` is the whole sum. */
export const paymentEvents = {
  Paid: event(1, 'paymentId', payment),
  PaymentDeclined: event(1, 'paymentId', payment),
  PaymentRefunded: event(1, 'paymentId', payment),
};
