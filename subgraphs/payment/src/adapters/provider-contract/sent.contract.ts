import { expect } from 'vitest';
import type { Subject } from './subject.contract.ts';

/** Of none, two and three decimals. */
export const currencies = ['KRW', 'EUR', 'KWD'] as const;
export type Currency = (typeof currencies)[number];

/** What each release is to send alike, as it stood in the request: its key, its amount ('' where it has none), and by what else its charge is found. */
export type Sent = Readonly<Record<'key' | 'amount', string> & Record<string, string>>;

/** @throws what a change means for charges under way, and how one is declared that is meant */
export async function expectSent({ books, sent }: Subject, currency: Currency): Promise<void> {
  if (books === 'none') return;
  const found = (await books()).map((move) => move.sent);
  expect(
    found,
    `What is sent in ${currency} is not what the releases before have sent. A charge that is under way during the deployment is ` +
      'asked for again with it: under another key it is made twice, with another amount it is refused for good; and a charge ' +
      'that another key does not find is never given back. Send what was sent. Where it has to change, let the adapter send the ' +
      'former to reservations of before, by the time in the UUID of the key (`uuidTime`), which is later than the end of the ' +
      'deployment, and say so in CHANGELOG.md with **Act**. For a new provider, and for a change that is meant, `sent` has as ' +
      `\`${currency}\`: ${JSON.stringify(found)}`,
  ).toEqual(sent[currency]);
}
