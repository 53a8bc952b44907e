import { n, plural } from './en-numbers.ts';

export const payments = {
  heading: 'Payments',
  count: (count: number) => `${n(count)} ${plural(count, 'payment', 'payments')}`,
  empty: 'No payments yet',
  amount: 'Amount',
  status: 'Status',
  paidAt: 'Paid at',
  refundedAt: 'Refunded at',
  booking: 'Show booking',
};

export const lists = {
  new: (count: number) => `${n(count)} new`,
  filters: 'More filters',
  nothing: 'Nothing matches this search',
  clear: 'Clear the search',
  refused: (text: string) => `“${text}” cannot be searched for.`,
};
