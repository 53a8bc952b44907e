import { request } from '@airline/testing';
import fc from 'fast-check';
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { type System, startEmbedded } from '../system.ts';
import { documents } from './documents.ts';
import { converse, exchange } from './exchange.ts';
import { faultOf, faultOfConversation } from './judge.ts';
import { bodies, conversations, requests, variables } from './requests.ts';

const SEED = 7;

/**
 * Whatever a client sends, it gets a response or a closing that says what is wrong with it; no part of the system fails, and
 * the next client is served.
 *
 * @param times how many times 900 requests and conversations are sent
 */
export function hostileClients(times: number): void {
  let system: System;
  let port: number;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    system = await startEmbedded();
    port = Number(new URL(system.url).port);
    schema = buildClientSchema(await request<IntrospectionQuery>(system.url, getIntrospectionQuery()));
  });

  afterAll(() => system[Symbol.asyncDispose]());

  afterEach(async () => {
    const booking = bookingAt(system.url);
    const flightId = await booking.registerFlight(1);
    const wish = { customerId: 'next', flightId, seatQty: 1, reserveDate: '2024-11-21' };
    expect(await booking.place(wish)).toMatchObject({ status: 'SUCCEED' });
    // The system logs errors only, after a line for each address.
    expect(system.processes.system?.output()).not.toContain('"level":"error"');
  });

  const repeated = (runs: number) => ({ numRuns: runs * times, seed: SEED });

  async function expectHarmless(sent: fc.Arbitrary<Uint8Array>, runs: number, isWhole = true): Promise<void> {
    const harmless = fc.asyncProperty(sent, async (bytes) => {
      expect(faultOf(await exchange(port, bytes, isWhole))).toBeUndefined();
    });
    await fc.assert(harmless, repeated(runs));
  }

  test('requests that are nearly HTTP', () => expectHarmless(requests, 200, false));

  test('JSON that is nearly a request', () => expectHarmless(bodies, 200));

  test('documents that are nearly of the graph', () => expectHarmless(documents(schema), 200));

  test('variables that are nearly right', () => expectHarmless(variables(schema), 200));

  test('frames that are nearly the protocol of subscriptions', async () => {
    const harmless = fc.asyncProperty(conversations, async (frames) => {
      expect(faultOfConversation(await converse(port, frames))).toBeUndefined();
    });
    await fc.assert(harmless, repeated(100));
  });
}
