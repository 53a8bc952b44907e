import { describe, expect, test } from 'vitest';
import { client, codeOf, createHub, isRefused, settled } from './hub.fixture.ts';
import type { PlannedSubscription } from './types.ts';

describe('limits', () => {
  test('hold per connection, per client and in all, and count only who is there', () => {
    const { hub, planned, join } = createHub({ limits: { perConnection: 2, perClient: 3, total: 4 } });
    const [socket, otherSocket] = [{}, {}];
    const refusal = (subject: string | undefined, connection: object) => {
      const outcome = hub.subscribe(planned(), { client: client(subject), connection });
      return isRefused(outcome)
        ? `${codeOf(outcome)} ${outcome.status}: ${outcome.errors[0]?.message}`
        : 'admitted';
    };
    const first = join(planned(), { client: client('anna'), connection: socket });
    join(planned(), { client: client('anna'), connection: socket });
    expect(refusal('anna', socket)).toMatch(/SUBSCRIPTION_LIMIT_EXCEEDED 429: A connection may have 2 /);
    void first.return();
    expect(refusal('anna', socket)).toBe('admitted');
    expect(refusal('anna', otherSocket)).toBe('admitted');
    expect(refusal('anna', otherSocket)).toMatch(/A client may have 3 /);
    expect(refusal(undefined, otherSocket)).toBe('admitted');
    expect(refusal(undefined, {})).toMatch(/The router may have 4 /);
    expect(hub.counts().members).toBe(4);
  });

  test('hold for what an event costs with all different subscriptions of a client', () => {
    const { hub, planned, join } = createHub({ limits: { costPerClient: 20 } });
    const to = (id: number, cost: number) => ({ ...planned({ variables: { id } }), cost });
    const outcome = (id: number, cost: number, subject = 'anna') => {
      const member = hub.subscribe(to(id, cost), { client: client(subject) });
      return isRefused(member) ? `${codeOf(member)}: ${member.errors[0]?.message}` : 'admitted';
    };
    const first = join(to(1, 12), { client: client('anna') });
    const same = join(to(1, 12), { client: client('anna') });
    expect(outcome(2, 9)).toMatch(/SUBSCRIPTION_LIMIT_EXCEEDED: The different subscriptions .* 20 for each/);
    expect([outcome(1, 12), outcome(2, 8)]).toEqual(['admitted', 'admitted']);
    expect(outcome(2, 9, 'ben')).toBe('admitted');
    void first.return();
    void same.return();
    expect(outcome(3, 9)).toMatch(/SUBSCRIPTION_LIMIT_EXCEEDED/);
    expect(hub.counts().groups).toBe(3);
  });

  /** The outcome of a subscription from one address, under these credentials. */
  function fromOneAddress(hub: ReturnType<typeof createHub>['hub'], plan: PlannedSubscription) {
    return (key: string, cursor?: string) => {
      const by = { ...client(key), source: 'address:192.0.2.1' };
      const member = hub.subscribe(plan, { client: by, cursor });
      return isRefused(member) ? codeOf(member) : 'admitted';
    };
  }

  test('count the same subscription under other credentials, or from another event, as another', async () => {
    const { hub, subgraph, planned } = createHub({ limits: { costPerClient: 30 } });
    const outcome = fromOneAddress(hub, { ...planned({ atOnce: true }), cost: 10 });
    const distinct = [outcome('a'), outcome('b'), outcome('b', '1')];
    expect(distinct).toEqual(['admitted', 'admitted', 'admitted']);
    expect([outcome('c'), outcome('b', '2')]).toEqual(Array(2).fill('SUBSCRIPTION_LIMIT_EXCEEDED'));
    expect([outcome('a'), outcome('b'), outcome('b', '1')]).toEqual(distinct);
    // The third has come to another event: who resumes where it began is executed apart from it.
    subgraph.connection(2).send(2);
    await settled();
    expect([outcome('b', '1'), outcome('b', '2')]).toEqual(['SUBSCRIPTION_LIMIT_EXCEEDED', 'admitted']);
  });

  test('count subscriptions that have come to the same event as one', async () => {
    const { hub, subgraph, planned } = createHub({ limits: { costPerClient: 20 } });
    const outcome = fromOneAddress(hub, { ...planned({ atOnce: true }), cost: 10 });
    expect([outcome('a'), outcome('a', '1'), outcome('b')]).toEqual([
      'admitted',
      'admitted',
      'SUBSCRIPTION_LIMIT_EXCEEDED',
    ]);
    for (const connection of [0, 1]) subgraph.connection(connection).send(2);
    await settled();
    expect(hub.counts()).toMatchObject({ groups: 1, members: 2 });
    expect([outcome('b'), outcome('c')]).toEqual(['admitted', 'SUBSCRIPTION_LIMIT_EXCEEDED']);
  });

  /** The outcome of a subscription of one client that weighs so much. */
  function weighing(hub: ReturnType<typeof createHub>['hub'], plan: PlannedSubscription) {
    return (id: number, weight: number, subject: string, cursor?: string) => {
      const to = { ...plan, variables: { id }, weight };
      const member = hub.subscribe(to, { client: client(subject), cursor });
      return isRefused(member) ? `${member.status} ${codeOf(member)}` : member;
    };
  }

  test('hold for what the different subscriptions of a client weigh, and of all', () => {
    const { hub, planned } = createHub({ limits: { weightPerClient: 20, weight: 30 } });
    const outcome = weighing(hub, planned());
    const first = outcome(1, 12, 'anna');
    expect(outcome(2, 9, 'anna')).toBe('429 SUBSCRIPTION_LIMIT_EXCEEDED');
    // What others have subscribed to under the same credentials takes nothing more.
    expect([outcome(1, 12, 'anna'), outcome(2, 8, 'anna')]).toEqual([expect.anything(), expect.anything()]);
    expect(outcome(3, 11, 'ben')).toBe('503 OVERLOADED');
    expect(outcome(3, 10, 'ben')).toBeTypeOf('object');
    expect(outcome(4, 1, 'cy')).toBe('503 OVERLOADED');
    expect(typeof first === 'string' ? undefined : first.return()).toBeDefined();
    expect(outcome(4, 1, 'cy')).toBe('503 OVERLOADED');
    hub.close();
    expect(hub.counts().members).toBe(0);
  });

  test('weigh a subscription no longer that has left, or that has come to the same event as another', async () => {
    const { hub, subgraph, planned } = createHub({ limits: { weightPerClient: 20, weight: 20 } });
    const outcome = weighing(hub, planned({ atOnce: true }));
    const first = outcome(1, 20, 'anna');
    expect([outcome(2, 1, 'anna'), outcome(2, 1, 'ben')]).toEqual([
      '429 SUBSCRIPTION_LIMIT_EXCEEDED',
      '503 OVERLOADED',
    ]);
    if (typeof first !== 'string') void first.return();
    expect([outcome(3, 10, 'anna'), outcome(3, 10, 'anna', '1')]).not.toContain('503 OVERLOADED');
    expect(outcome(4, 10, 'anna')).toBe('429 SUBSCRIPTION_LIMIT_EXCEEDED');
    for (const connection of [1, 2]) subgraph.connection(connection).send(2);
    await settled();
    expect(hub.counts()).toMatchObject({ groups: 1, members: 2 });
    expect(outcome(4, 10, 'ben')).toBeTypeOf('object');
    expect(outcome(5, 1, 'ben')).toBe('503 OVERLOADED');
  });

  test('count a subscription that has left no longer', () => {
    const { hub, planned, join } = createHub({ limits: { costPerClient: 20 } });
    const to = (id: number) => ({ ...planned({ variables: { id } }), cost: 20 });
    const member = join(to(1), { client: client('anna') });
    expect(isRefused(hub.subscribe(to(2), { client: client('anna') }))).toBe(true);
    void member.return();
    expect(isRefused(hub.subscribe(to(2), { client: client('anna') }))).toBe(false);
  });
});
