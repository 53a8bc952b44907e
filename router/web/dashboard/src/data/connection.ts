/** How the page is connected to the router. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected' }
  /** `since` in milliseconds since 1970; `attempt` counts from 1. */
  | { readonly state: 'reconnecting'; readonly attempt: number; readonly since: number }
  /** The browser says that there is no network. */
  | { readonly state: 'offline'; readonly since: number };

/** `closed` comes when a connection ends, and when an attempt fails. */
export type ConnectionEvent = 'connected' | 'closed' | 'offline' | 'online';

/** @param now in milliseconds since 1970 */
export function nextConnection(known: Connection, event: ConnectionEvent, now: number): Connection {
  const since = 'since' in known ? known.since : now;
  switch (event) {
    case 'connected':
      return { state: 'connected' };
    case 'offline':
      return { state: 'offline', since };
    case 'online':
      return known.state === 'offline' ? { state: 'reconnecting', attempt: 1, since } : known;
    case 'closed':
      if (known.state === 'offline') return known;
      return {
        state: 'reconnecting',
        attempt: known.state === 'reconnecting' ? known.attempt + 1 : 1,
        since,
      };
  }
}
