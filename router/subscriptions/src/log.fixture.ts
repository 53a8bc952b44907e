import type { ConnectUpstream, Sink, UpstreamRequest } from './index.ts';

/** What the subgraph has yet to send on one subscription: it reads its log from a position on. */
export interface Sending {
  readonly request: UpstreamRequest;
  /** The last event or state that it sent. */
  readonly sent: number;
  /** Whether a state is due, but not sent. */
  readonly owesState: boolean;
  /** Sends what comes next: where it starts, a state, an event. */
  push(): void;
}

/**
 * A subgraph whose log is the numbers from 1.
 *
 * @param hasState whether a state is sent first
 * @param isFaulty it ignores cursors, so that whoever resumes misses events
 */
export function createLog(hasState: boolean, isFaulty: boolean) {
  const sendings = new Set<Sending>();
  let end = 0;

  function startSending(request: UpstreamRequest, sink: Sink): Sending {
    const resumed = request.cursor === undefined ? undefined : Number(request.cursor);
    let position: number | undefined;
    let owesState = false;
    let sent = 0;

    function announce(): void {
      position = isFaulty ? end : (resumed ?? end);
      owesState = resumed === undefined && hasState && position > 0;
      sink.next({ data: null, extensions: { cursor: String(position) } });
    }

    function send(event: number): void {
      position = event;
      sent = event;
      sink.next({ data: { event }, extensions: { cursor: String(event) } });
    }

    return {
      request,
      get sent() {
        return sent;
      },
      get owesState() {
        return owesState;
      },
      push() {
        if (position === undefined) announce();
        else if (owesState) {
          owesState = false;
          send(position);
        } else if (position < end) send(position + 1);
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
