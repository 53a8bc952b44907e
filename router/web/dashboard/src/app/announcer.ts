import { createValue, type Value } from '../../../value.ts';

/** What a screen reader says, without the focus going anywhere. */
export interface Announcer {
  readonly text: Value<string>;
  announce(text: string): void;
}

const PAUSE_MS = 1_000;
/** More than these at once are not listened to. */
const AT_ONCE = 3;

/** Says at most one text a second; what comes meanwhile is said together. */
export function createAnnouncer(later: (run: () => void, ms: number) => void): Announcer {
  const text = createValue('');
  let waiting: string[] = [];
  let isPausing = false;

  function say(): void {
    if (waiting.length === 0) {
      isPausing = false;
      return;
    }
    isPausing = true;
    text.set(waiting.slice(-AT_ONCE).join(' '));
    waiting = [];
    later(say, PAUSE_MS);
  }

  return {
    text,
    announce(said) {
      waiting.push(said);
      if (!isPausing) say();
    },
  };
}
