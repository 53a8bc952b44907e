import { expect, test } from 'vitest';
import { type Connection, type ConnectionEvent, nextConnection } from './connection.ts';

const connecting: Connection = { state: 'connecting' };

test.each<[ConnectionEvent[], Connection]>([
  [['connected'], { state: 'connected' }],
  [['closed'], { state: 'reconnecting', attempt: 1, since: 1 }],
  [['connected', 'closed', 'closed', 'closed'], { state: 'reconnecting', attempt: 3, since: 2 }],
  [['connected', 'closed', 'connected'], { state: 'connected' }],
  [['connected', 'offline', 'closed', 'closed'], { state: 'offline', since: 2 }],
  [['connected', 'closed', 'offline', 'online', 'closed'], { state: 'reconnecting', attempt: 2, since: 2 }],
  [['connected', 'offline', 'connected'], { state: 'connected' }],
])('after %j', (events, expected) => {
  expect(
    events.reduce<Connection>((known, event, index) => nextConnection(known, event, index + 1), connecting),
  ).toEqual(expected);
});
