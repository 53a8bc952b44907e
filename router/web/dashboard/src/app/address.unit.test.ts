import { expect, test } from 'vitest';
import { customerPath, placeOf } from './address.ts';

test.each([
  ['/', { page: 'desk' }],
  ['/flights', { page: 'flights' }],
  ['/flights/', { page: 'flights' }],
  ['/flights/0190', { page: 'flight', id: '0190' }],
  ['/bookings/7K3M-9QXT', { page: 'booking', id: '7K3M-9QXT' }],
  ['/customers/a/b', { page: 'unknown' }],
  ['/customers/%E0%A4%A', { page: 'unknown' }],
  ['/constructor', { page: 'unknown' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test.each(['1', 'a/b', '김 민서', '100%', '%2F', '?a&b#c', '.', '..', '...', '=.', '%2E'])(
  'the page of customer %s has an address',
  (id) => {
    const { pathname } = new URL(customerPath(id), 'http://airline.example');
    expect(placeOf(pathname)).toEqual({ page: 'customer', id });
  },
);
