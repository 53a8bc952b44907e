import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

interface Measured {
  /** Bytes of the heap, and as weighed, for each document. */
  readonly heap: number;
  readonly weight: number;
}

// Full collections take most of its time, and several times as much on a busy machine.
const TIMEOUT_MS = 300_000;

test('documents weigh about what they take of the heap, whatever their shape', {
  timeout: TIMEOUT_MS,
}, async () => {
  const program = join(import.meta.dirname, 'weight.fixture.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  // The program's own output.
  const { measured, control } = JSON.parse(stdout) as {
    measured: Record<string, Measured>;
    control: Measured;
  };
  const ratio = ({ heap, weight }: Measured) => weight / heap;
  for (const [name, each] of Object.entries(measured)) {
    expect(ratio(each), name).toBeGreaterThan(0.6);
    expect(ratio(each), name).toBeLessThan(2);
  }
  // A syntax tree with locations that is kept beside each document.
  expect(ratio(control)).toBeLessThan(0.3);
});
