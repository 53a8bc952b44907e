import { announcement } from '@airline/service/server';
import type { ConnectUpstream, Sink, UpstreamRequest } from './index.ts';

/** What the subgraph has yet to send on one subscription: it reads its log from a position on. */
export interface Sending {
  readonly request: UpstreamRequest;
  /** The last event that it sent, or that the state which it sent was of. */
  readonly sent: number;
  /** Sends what comes next: where it starts, a state, an event. */
  push(): void;
  /** Its connection drops; it starts again behind the last cursor that it sent, if it sent one. */
  drop(): void;
}

/** What a subgraph may do wrong. */
export type Fault = 'ignores cursors' | 'sends no state again' | 'sends an older state again';

/**
 * A subgraph whose log is the numbers from 1, and whose state is the log's end: when it is sent it may be ahead of where
 * the subscription started.
 *
 * @param hasState whether a state is sent first, once there is one
 */
export function createLog(hasState: boolean, fault?: Fault) {
  const sendings = new Set<Sending>();
  let end = 0;

  function startSending(request: UpstreamRequest, sink: Sink): Sending {
    let cursor = request.cursor === undefined ? undefined : Number(request.cursor);
    let position: number | undefined;
    let owesState = false;
    let state: number | undefined;
    let sent = 0;

    function announce(): void {
      position = fault === 'ignores cursors' ? end : (cursor ?? end);
      owesState = hasState && cursor === undefined;
      if (!hasState) cursor = position;
      sink.next(announcement(String(position), hasState));
    }

    function sendState(): void {
      owesState = false;
      position = end;
      // The same one is not sent again.
      if (end === 0 || state === end) return;
      const isAgain = state !== undefined;
      if (isAgain && fault === 'sends no state again') return;
      state = end;
      sent = end;
      sink.next({ data: { event: isAgain && fault === 'sends an older state again' ? 1 : end } });
    }

    function sendEvent(event: number): void {
      position = event;
      cursor = event;
      sent = event;
      sink.next({ data: { event }, extensions: { cursor: String(event) } });
    }

    return {
      request,
      get sent() {
        return sent;
      },
      push() {
        if (position === undefined) announce();
        else if (owesState) sendState();
        else if (position < end) sendEvent(position + 1);
      },
      drop() {
        position = undefined;
        owesState = false;
      },
    };
  }

  return {
    sendings,
    end: () => end,
    happen: () => {
      end += 1;
    },
    /** What was sent to the newest of those who came without a cursor. */
    liveAt: (query: string) =>
      [...sendings].findLast(({ request }) => request.cursor === undefined && request.query === query)
        ?.sent ?? 0,
    through:
      (connect: ConnectUpstream): ConnectUpstream =>
      (request, sink) => {
        const unsubscribe = connect(request, sink);
        const sending = startSending(request, sink);
        sendings.add(sending);
        return () => {
          sendings.delete(sending);
          unsubscribe();
        };
      },
  };
}
