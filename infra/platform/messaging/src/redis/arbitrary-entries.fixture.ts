import { pick, seeded } from '@airline/testing';
import { said } from '@airline/testing/sample';
import { encode } from '../consumer.fixture.ts';

/** The id of an entry and its fields, as XADD takes them. */
type Entry = readonly [id: string, fields: (string | Buffer)[]];
type Envelope = Record<string, unknown> & { data: Record<string, unknown> };

const event = (text: string | Buffer): (string | Buffer)[] => ['event', text];
const changed = (envelope: Envelope, change: object) => event(JSON.stringify({ ...envelope, ...change }));
const withData = (envelope: Envelope, change: object) =>
  changed(envelope, { data: { ...envelope.data, ...change } });

/** What is no event that a policy could handle, made from one. */
const bad: readonly ((envelope: Envelope, random: () => number) => (string | Buffer)[])[] = [
  (_, random) => event(Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256)))),
  () => event(''),
  () => event('null'),
  () => event('{"id":"a\0b"}'),
  () => event(`${'['.repeat(50_000)}${']'.repeat(50_000)}`),
  (envelope) => changed(envelope, { data: { flightId: 'x'.repeat(1_200_000) } }),
  (envelope) => event(JSON.stringify(envelope).slice(0, -3)),
  () => ['other', 'field'],
  () => ['__proto__', 'event', 'constructor', '\0', 'toString', '{}'],
  () => Array.from({ length: 4000 }, (_, index) => `f${index}`),
  (envelope) => changed(envelope, { id: '' }),
  (envelope) => changed(envelope, { id: 7 }),
  (envelope) => changed(envelope, { id: `${envelope.id}\0` }),
  (envelope) => changed(envelope, { id: `${envelope.id}\ud800` }),
  (envelope) => changed(envelope, { id: String(envelope.id).repeat(200) }),
  (envelope) => changed(envelope, { type: '__proto__' }),
  (envelope) => changed(envelope, { type: 'toString' }),
  (envelope) => changed(envelope, { type: 'Unknown\0\ud800' }),
  (envelope) => changed(envelope, { source: '/airline/\0' }),
  (envelope) => changed(envelope, { time: '0000-99-99' }),
  (envelope) => changed(envelope, { dataschema: '/airline/events/RemainingSeatsIncreased/99' }),
  (envelope) => changed(envelope, { dataschema: '/airline/events/RemainingSeatsIncreased/1e0.5' }),
  (envelope) => changed(envelope, { subject: '\udc00' }),
  (envelope) => changed(envelope, { data: undefined }),
  (envelope) => changed(envelope, { data: [] }),
  (envelope) => withData(envelope, { flightId: '\0' }),
  (envelope) => withData(envelope, { flightId: 'a\ud800' }),
  (envelope) => withData(envelope, { flightId: 'x'.repeat(101) }),
  (envelope) => withData(envelope, { seatQty: 2 ** 53 }),
  (envelope) => withData(envelope, { seatQty: -1 }),
  (envelope) => withData(envelope, { seatQty: '1' }),
  (envelope) => event(JSON.stringify(envelope).replace('"seatQty":1', '"seatQty":1e999')),
];

/** What looks odd and is an event all the same. */
const good: readonly ((envelope: Envelope) => (string | Buffer)[])[] = [
  (envelope) => changed(envelope, {}),
  (envelope) => [...changed(envelope, {}), 'beside', 'it'],
  (envelope) => changed(envelope, { unknown: { nested: [1, 2, 3] } }),
  (envelope) => withData(envelope, { unknown: '\ud800' }),
  (envelope) => event(JSON.stringify(envelope).replace('"data":{', '"data":{"__proto__":{"seatQty":9},')),
];

/**
 * Entries of a stream that depend on the seed alone: events, and what is none. An entry whose id is not that of a relay
 * is none, whatever it has.
 */
export function arbitraryEntries(seed: number, count: number) {
  const random = seeded(seed);
  const entries: Entry[] = [];
  let handled = 0;
  for (let seq = 1; seq <= count; seq += 1) {
    const envelope: Envelope = JSON.parse(encode(said(`good-${seq}`, 1)));
    const isForeign = random() < 0.1;
    const isGood = random() < 0.4;
    const fields = isGood ? pick(good, random)(envelope) : pick(bad, random)(envelope, random);
    if (isGood && !isForeign) handled += 1;
    entries.push([`${seq}-${isForeign ? 1 + Math.floor(random() * 9) : 0}`, fields]);
  }
  return { entries, handled, buried: count - handled };
}
