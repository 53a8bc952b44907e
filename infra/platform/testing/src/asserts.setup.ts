import { afterEach, expect } from 'vitest';
import { met } from './until.ts';

// Of every test file. `expect.requireAssertions` of Vitest would do, but that it knows nothing of `until`.

let before = 0;

afterEach(({ task }) => {
  const waited = met() > before;
  before = met();
  if (waited || task.result?.state === 'fail' || expect.getState().assertionCalls > 0) return;
  throw new Error('The test asserts nothing: add an `expect`, or wait for a condition with `until`.');
});
