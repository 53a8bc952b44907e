import { expect, test } from 'vitest';
import { createAnnouncer } from './announcer.ts';

test('what comes within a second is said together, and no more than one can listen to', () => {
  const waits: (() => void)[] = [];
  const announcer = createAnnouncer((run) => void waits.push(run));
  const said: string[] = [];
  announcer.text.follow(() => said.push(announcer.text.get()));
  announcer.announce('One.');
  for (const text of ['Two.', 'Three.', 'Four.', 'Five.']) announcer.announce(text);
  waits.shift()?.();
  waits.shift()?.();
  announcer.announce('Six.');
  expect(said).toEqual(['One.', 'Three. Four. Five.', 'Six.']);
});
