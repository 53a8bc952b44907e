import { expect, test } from 'vitest';
import { Processes } from './processes.ts';

test('a program and what it has started end with the benchmark, which starts no more', async () => {
  const processes = new Processes();
  // The second process holds the output open, whose end the benchmark awaits.
  const { child } = processes.start({ command: ['sh', '-c', 'sleep 1000 & echo started; wait'] });
  await child.printed(/started/);
  await processes[Symbol.asyncDispose]();
  expect(() => processes.start({ command: ['true'] })).toThrow('being stopped');
});
