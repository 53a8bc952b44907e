import type { Value } from '../../../value.ts';

/** What the page shows beside an operation's own result. */
export type Notice = 'introspectionOff' | 'signedOut' | 'schemaRefused' | 'unreachable' | 'interrupted';

/** Says whether a notice holds at present. */
export type Notify = (notice: Notice, holds: boolean) => void;

export const notifying =
  (notices: Value<readonly Notice[]>): Notify =>
  (notice, holds) => {
    const before = notices.get();
    if (before.includes(notice) === holds) return;
    notices.set([...before.filter((each) => each !== notice), ...(holds ? [notice] : [])]);
  };
