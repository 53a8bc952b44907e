import { expect, test } from 'vitest';
import { forEachSubgraph } from './for-each-subgraph.ts';

test('repeats the lines between the comments for each subgraph, and keeps the rest', () => {
  const template = 'all: $name\n  # for each subgraph\n  - $name $NAME_URL :$port\n  # end\nurl: {name}\n';
  expect(forEachSubgraph(template, { flight: { port: 8083 }, payment: { port: 8084 } })).toBe(
    'all: $name\n  - flight FLIGHT_URL :8083\n  - payment PAYMENT_URL :8084\nurl: {name}\n',
  );
});
