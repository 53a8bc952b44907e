import { expect, test } from 'vitest';
import { startAdmission } from './admission.fixture.ts';

test('an operation takes as long as its execution, whatever it has waited for since it was let in', async () => {
  const { admission, entered, advance } = startAdmission({ clientInFlight: 64, inFlight: 64 });
  const work = {};
  const execute = async () => {
    advance(10);
    return {};
  };
  for (let i = 0; i < 40; i += 1) {
    const visit = entered('a');
    visit.start(100);
    // Its plan takes its time, more of it from one to the next.
    advance(10 * i);
    await visit.inTurn(1, execute);
    visit.finish(work);
  }
  expect(admission.counts.limit).toBe(64);
});
