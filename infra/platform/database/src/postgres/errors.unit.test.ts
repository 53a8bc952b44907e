import { expect, test } from 'vitest';
import { isTransient } from '../transient.ts';
import { unconnected } from './errors.ts';

test('whatever kept a connection from being made passes, though pg gives it no code', () => {
  const failure = new Error('The server does not support SSL connections');
  expect(isTransient(failure)).toBe(false);
  expect(isTransient(unconnected(failure))).toBe(true);
  expect(unconnected(failure)).toMatchObject({ message: failure.message, cause: failure });
});

test('what has a code keeps it', () => {
  const refused = Object.assign(new Error('role "x" is not permitted to log in'), { code: '28000' });
  expect(unconnected(refused)).toBe(refused);
});
