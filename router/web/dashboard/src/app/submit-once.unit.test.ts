import { expect, test } from 'vitest';
import { type Problem, pageFailed } from '../data/problem.ts';
import { oneAtATime } from './submit-once.ts';

/** A form's lock, with what it was told and has shown. */
function form() {
  const told: boolean[] = [];
  const shown: Problem[] = [];
  const run = oneAtATime((isSending) => told.push(isSending));
  return {
    told,
    shown,
    run: (submit: () => Promise<unknown>) => run(submit, (problem) => shown.push(problem)),
  };
}

test('a form is sent once for as long as it is sent', async () => {
  const { told, shown, run } = form();
  const response = Promise.withResolvers<void>();
  let sent = 0;
  const submit = () => {
    sent += 1;
    return response.promise;
  };
  const first = run(submit);
  await run(submit);
  expect([sent, told]).toEqual([1, [true]]);
  response.resolve();
  await first;
  await run(submit);
  expect([sent, told, shown]).toEqual([2, [true, false, true, false], []]);
});

test.each<[string, () => Promise<unknown>]>([
  [
    'throws at once',
    () => {
      throw new TypeError('trim');
    },
  ],
  [
    'throws later',
    async () => {
      await null;
      throw new TypeError('trim');
    },
  ],
])('one that %s is shown to have failed, and can be sent again', async (_, submit) => {
  const { told, shown, run } = form();
  await expect(run(submit)).rejects.toThrow('trim');
  expect([told, shown]).toEqual([[true, false], [pageFailed]]);
  let isSent = false;
  await run(async () => {
    isSent = true;
  });
  expect(isSent).toBe(true);
});
