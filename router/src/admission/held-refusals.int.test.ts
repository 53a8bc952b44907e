import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { startTransports } from '../fan-out/use/transport.fixture.ts';
import { openSocket } from '../fan-out/use/web-socket.fixture.ts';
import { startFront } from '../http/http.fixture.ts';
import { Admission } from './admission.ts';
import { tooMany } from './refusals.ts';
import { UNLIMITED } from './unlimited.fixture.ts';

/** Holds what is refused until the test lets it go; `order` is what has happened since. */
function holding() {
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const held: number[] = [];
  return {
    order,
    hold: (_source: string, { status }: { readonly status: number }) => {
      held.push(status);
      return gate.promise;
    },
    isHeld: () => held.length > 0,
    release: () => {
      order.push('released');
      gate.resolve();
    },
  };
}

async function expectSentOnceReleased(
  { order, isHeld, release }: ReturnType<typeof holding>,
  response: Promise<{ readonly status: number }>,
) {
  const sent = response.then(({ status }) => {
    order.push('sent');
    return status;
  });
  await until('it is held', isHeld);
  release();
  expect(await sent).toBe(429);
  expect(order).toEqual(['released', 'sent']);
}

const NOTHING = { clientInFlight: 0, clientShare: 0, queue: 0 };

describe('what is refused to a client is sent when it may be', () => {
  test('as a response', async () => {
    const held = holding();
    const { query } = await startFront({ admit: () => tooMany, hold: held.hold });
    await expectSentOnceReleased(held, query('{ hello }'));
  });

  test('and takes no place meanwhile', async () => {
    const { hold, isHeld, release } = holding();
    const admission = new Admission({
      limits: UNLIMITED,
      costLimit: 1e6,
      lagMs: () => 0,
      clock: systemClock,
    });
    const { pipeline } = await startFront();
    const { query } = await startFront({
      admit: (source) => admission.enter(source),
      hold,
      pipeline: { ...pipeline, prepare: async () => tooMany },
    });
    const sent = query('{ hello }');
    await until('it is held', isHeld);
    expect(admission.counts.running).toBe(0);
    release();
    expect((await sent).status).toBe(429);
  });

  test('as a stream', async () => {
    const held = holding();
    const { streamUrl } = await startTransports({ admission: NOTHING, hold: held.hold });
    await expectSentOnceReleased(held, fetch(`${streamUrl}?query={anything}`));
  });

  test('as a message of a WebSocket', async () => {
    const { hold, isHeld, order, release } = holding();
    const socket = await openSocket(await startTransports({ admission: NOTHING, hold }));
    await socket.initialise();
    socket.socket.on('message', () => order.push('sent'));
    socket.subscribe('1', '{ anything }');
    await until('it is held', isHeld);
    release();
    await until('it is sent', () => socket.of('1').length > 0);
    expect(socket.of('1')).toMatchObject([{ type: 'error', payload: tooMany.errors }]);
    expect(order).toEqual(['released', 'sent']);
  });
});
