import type { ResponseHead } from './response-head.ts';

/** How far a request came: before it could be sent, before any byte of a response, or since. */
export type Stage = 'unconnected' | 'unanswered' | 'responding';

/** A request, and what becomes of it: one of `ended` and `failed` is called, once. */
export interface Call {
  /** Whether nobody waits for the response any longer; asked when its turn comes. */
  readonly isOver: boolean;
  /** The head in latin1, without `content-length` and the empty line; each line ends by CR and LF. */
  readonly head: string;
  readonly body: string;
  /** It is being sent. @param close ends its connection, and with it the call */
  began(close: (reason: Error) => void): void;
  /** A piece of the response's body has come, of which nothing is kept yet. */
  received(bytes: number): void;
  /** @param body valid during the call only */
  ended(head: ResponseHead, body: Buffer): void;
  failed(error: Error, stage: Stage): void;
}
