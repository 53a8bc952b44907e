import { expect, test } from 'vitest';
import {
  anonymous,
  type Caller,
  callerText,
  everyone,
  forReads,
  mayRead,
  type Role,
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

test('nobody reads anything', () => {
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
