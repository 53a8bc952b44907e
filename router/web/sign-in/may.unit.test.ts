import { expect, test } from 'vitest';
import { mayOf } from './may.ts';
import type { Role } from './who.ts';

const of = (...roles: Role[]) => mayOf({ state: 'signed-in', who: { subject: 'kim', name: 'kim', roles } });

test('an open system offers everything, and one with an issuer nothing to nobody', () => {
  expect(mayOf({ state: 'open' })).toEqual({ ...of('staff'), operate: true });
  expect(mayOf({ state: 'anonymous', canSignIn: true })).toEqual({
    readBookings: 'none',
    readCustomers: false,
    book: 'none',
    registerFlights: false,
    operate: false,
  });
});

test('a customer is offered what is theirs, and an operator to read', () => {
  expect(of('customer')).toEqual({
    readBookings: 'own',
    readCustomers: false,
    book: 'own',
    registerFlights: false,
    operate: false,
  });
  expect(of('operator')).toEqual({
    readBookings: 'all',
    readCustomers: true,
    book: 'none',
    registerFlights: false,
    operate: true,
  });
});

test('several roles offer what any of them does', () => {
  expect(of('customer', 'operator')).toEqual({ ...of('operator'), book: 'own' });
  expect(of('operator', 'customer', 'staff')).toEqual({ ...of('staff'), operate: true });
});

test('who has to sign in again sees what they saw', () => {
  const who = { subject: 'kim', name: 'kim', roles: ['customer'] } as const;
  expect(mayOf({ state: 'expired', who })).toEqual(of('customer'));
});
