import { expect, test } from 'vitest';
import {
  actingCustomer,
  anonymous,
  type Caller,
  callerText,
  everyone,
  forReads,
  mayRead,
  type Role,
  readableCustomer,
  readsAll,
} from './caller.ts';

const caller = (...roles: Role[]): Caller => ({ subject: 'kim', roles, scopes: [] });

test('staff and operators read the data of all customers', () => {
  for (const each of [caller('staff'), caller('operator'), caller('customer', 'staff'), everyone]) {
    expect(readsAll(each)).toBe(true);
    expect(mayRead(each, 'lee')).toBe(true);
  }
});

test('a customer reads what is theirs, and nothing else', () => {
  expect(readsAll(caller('customer'))).toBe(false);
  expect(mayRead(caller('customer'), 'kim')).toBe(true);
  expect(mayRead(caller('customer'), 'lee')).toBe(false);
});

test('what belongs to nobody known is read by those alone who read all', () => {
  expect(mayRead(caller('staff'), undefined)).toBe(true);
  expect(mayRead(caller('customer'), undefined)).toBe(false);
});

test('customers act for themselves, staff for all, operators for nobody', () => {
  expect(actingCustomer(caller('customer'))).toBe('kim');
  expect(actingCustomer(caller('customer', 'operator'))).toBe('kim');
  expect(actingCustomer(caller('staff', 'customer'))).toBeUndefined();
  expect(actingCustomer(everyone)).toBeUndefined();
  for (const each of [caller('operator'), anonymous, caller()]) expect(actingCustomer(each)).toBe('');
});

test('nobody reads anything', () => {
  expect(readableCustomer({ subject: undefined, roles: ['customer'], scopes: [] })).toBe('');
  expect(mayRead(anonymous, 'kim')).toBe(false);
  expect(mayRead(caller(), 'kim')).toBe(false);
});

test('those who read all are the same caller of a read, customers are not', () => {
  const readText = (each: Caller) => callerText(forReads(each));
  const lee = (...roles: Role[]): Caller => ({ ...caller(...roles), subject: 'lee' });
  expect(readText(caller('staff'))).toBe(readText(lee('staff')));
  expect(readText(caller('customer'))).not.toBe(readText(lee('customer')));
  expect(readText(caller('customer'))).not.toBe(readText({ ...caller('customer'), scopes: ['more'] }));
  expect(readText(caller('staff'))).not.toBe(readText(caller('operator')));
  expect(readText(anonymous)).not.toBe(readText(everyone));
});
