import { describe, expect, test } from 'vitest';
import { OPERATOR, type OperationResult } from '../request.ts';
import { startAdmission, statesOf } from './admission.fixture.ts';
import { HEAVY_COST } from './visit.ts';

const settled = () => new Promise(setImmediate);

describe('heavy operations', () => {
  /** As much as a client's may cost that run at once. */
  const FULL = 10_000;
  /** One that runs, and then waits for its turn; `state` is what became of it. */
  const executed = ({ entered }: ReturnType<typeof startAdmission>, source: string, cost = FULL) => {
    const visit = entered(source);
    expect(visit.start(100)).toBeUndefined();
    const seen = { state: 'waits' };
    const { promise, resolve, reject } = Promise.withResolvers<OperationResult>();
    const done = visit.inTurn(cost, () => {
      seen.state = 'runs';
      return promise;
    });
    const ended = done.then(
      () => visit.end(),
      () => visit.end(),
    );
    const end = (result: OperationResult = {}) => {
      resolve(result);
      return ended;
    };
    const fail = () => {
      reject(new Error('It failed.'));
      return ended;
    };
    return { seen, visit, end, fail };
  };
  /** While there is another client. */
  const startBesideOthers = (limits: Parameters<typeof startAdmission>[0]) => {
    const admission = startAdmission(limits);
    admission.entered('another');
    return admission;
  };
  const roomy = { clientInFlight: 8, inFlight: 16, queue: 8 };
  const isCalm = ({ admission }: ReturnType<typeof startAdmission>) =>
    expect(admission.counts).toMatchObject({ running: 0, waiting: 0 });

  test('of one client wait for each other, in order, and no others for them', async () => {
    const admission = startBesideOthers(roomy);
    const [a1, a2, a3] = [executed(admission, 'a'), executed(admission, 'a'), executed(admission, 'a')];
    const light = executed(admission, 'a', HEAVY_COST - 1);
    const other = executed(admission, 'b');
    const operators = [executed(admission, OPERATOR), executed(admission, OPERATOR)];
    const all = [a1, a2, a3, light, other, ...operators];
    expect(await statesOf(all)).toEqual(['runs', 'waits', 'waits', 'runs', 'runs', 'runs', 'runs']);
    await a1.fail();
    expect((await statesOf(all)).slice(0, 3)).toEqual(['runs', 'runs', 'waits']);
    await a2.end();
    expect((await statesOf(all)).slice(0, 3)).toEqual(['runs', 'runs', 'runs']);
    for (const { end } of all) await end();
    isCalm(admission);
  });

  test('run at once while they do not cost too much together', async () => {
    const admission = startBesideOthers(roomy);
    const costs = [4_000, 6_000, 1_000, 9_000];
    const all = costs.map((cost) => executed(admission, 'a', cost));
    const [first, second, third, fourth] = all;
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'waits', 'waits']);
    await first?.end();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'runs', 'waits']);
    await second?.end();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'runs', 'runs']);
    await third?.end();
    await fourth?.end();
    isCalm(admission);
  });

  test('run at once of a client that is alone, up to eight times the cost, until another comes', async () => {
    const admission = startAdmission({ clientInFlight: 16, inFlight: 16 });
    const all = Array.from({ length: 10 }, () => executed(admission, 'a'));
    const running = async () => (await statesOf(all)).filter((state) => state === 'runs').length;
    expect(await running()).toBe(8);
    await all[0]?.end();
    expect(await running()).toBe(9);
    admission.entered('b');
    for (const { end } of all.slice(1, 8)) await end();
    expect(await running()).toBe(9);
    await all[8]?.end();
    expect(await running()).toBe(10);
  });

  test('wait in order also where their client has become alone, and all run', async () => {
    const admission = startAdmission({ clientInFlight: 8, inFlight: 16, queue: 8 });
    const another = admission.entered('another');
    const all = [1, 2, 3].map(() => executed(admission, 'a'));
    expect(await statesOf(all)).toEqual(['runs', 'waits', 'waits']);
    another.leave();
    admission.advance(10_000);
    all.push(executed(admission, 'a'));
    expect(await statesOf(all)).toEqual(['runs', 'waits', 'waits', 'waits']);
    await all[0]?.end();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'runs', 'runs']);
    for (const { end } of all.slice(1)) await end();
    isCalm(admission);
  });

  test('take nobody’s place while they wait', async () => {
    const admission = startBesideOthers({ clientInFlight: 2, inFlight: 2, queue: 4 });
    const [first, second] = [executed(admission, 'a'), executed(admission, 'a')];
    expect(await statesOf([first, second])).toEqual(['runs', 'waits']);
    expect(admission.admission.counts).toMatchObject({ running: 1 });
    const [own, other] = [admission.operation('a'), admission.operation('b')];
    expect(await statesOf([own, other])).toEqual(['runs', 'waits']);
    own.finish();
    expect(await statesOf([other])).toEqual(['runs']);
    await first.end();
    expect(await statesOf([second])).toEqual(['runs']);
    expect(admission.admission.counts).toMatchObject({ running: 2, waiting: 0 });
  });

  test('are over when what they defer is fetched, or their client has left', async () => {
    const admission = startBesideOthers(roomy);
    const deferring = () => {
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      const increments = (async function* () {})();
      return { result: { deferred: { pending: [], increments, ended } }, resolve };
    };
    const all = [executed(admission, 'a'), executed(admission, 'a'), executed(admission, 'a')] as const;
    const [first, second] = all;
    const { result, resolve } = deferring();
    first.visit.finish();
    // Its client still reads what it defers.
    void first.end(result);
    expect(await statesOf(all)).toEqual(['runs', 'waits', 'waits']);
    resolve();
    await settled();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'waits']);
    void second.end(deferring().result);
    await settled();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'runs']);
  });

  test('whose client has left are not waited for', async () => {
    const admission = startBesideOthers(roomy);
    const all = [executed(admission, 'a'), executed(admission, 'a'), executed(admission, 'a')] as const;
    const [first, second, third] = all;
    second.visit.leave();
    // So that who waits for it can end it.
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'waits']);
    await second.end();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'waits']);
    // One that runs does so to its end.
    first.visit.leave();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'waits']);
    await first.end();
    expect(await statesOf(all)).toEqual(['runs', 'runs', 'runs']);
    await third.end();
    isCalm(admission);
  });
});
