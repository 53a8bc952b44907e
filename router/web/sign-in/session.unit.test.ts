import { ResponseBodyError } from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import type { Issuer } from './issuer.ts';
import { startSession } from './session.ts';
import type { Message, Surroundings } from './surroundings.ts';
import type { Begun, Tokens } from './tokens.ts';

const MINUTE_MS = 60_000;

/** A browser whose tabs, clock and issuer are the test's. */
function createBrowser() {
  const listeners = new Map<number, (message: Message) => void>();
  let tabs = 0;
  let now = 1_000_000;
  let turn: Promise<unknown> = Promise.resolve();
  const waits: { run: () => void; at: number }[] = [];
  const issuer = { issued: 0, isAway: false, used: new Set<string>(), isRevoked: false };

  const issue = (subject = 'kim'): Tokens => {
    issuer.issued += 1;
    return {
      access: `access ${issuer.issued}`,
      refresh: `refresh ${issuer.issued}`,
      issuedAt: now,
      expiresAt: now + 4 * MINUTE_MS,
      who: { subject, name: subject, roles: ['customer'] },
    };
  };
  const refusal = () =>
    new ResponseBodyError('refused', {
      cause: { error: 'invalid_grant' },
      response: new Response(null, { status: 400 }),
    });
  const asIssuer: Issuer = {
    begin: async (place) => {
      if (issuer.isAway) throw new TypeError('away');
      return {
        url: new URL('https://issuer.example/auth'),
        begun: { state: 's', nonce: 'n', verifier: 'v', place },
      };
    },
    complete: async () => issue(),
    renew: async ({ who }, refresh) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (issuer.isAway) throw new TypeError('away');
      // As an issuer does that rotates: a token that is used twice was stolen.
      if (issuer.used.has(refresh)) issuer.isRevoked = true;
      if (issuer.isRevoked) throw refusal();
      issuer.used.add(refresh);
      return issue(who.subject);
    },
    revoke: async (refresh) => void issuer.used.add(refresh),
    signOutUrl: async () => new URL('https://issuer.example/out'),
  };

  async function open(own?: Tokens, place = '/') {
    tabs += 1;
    const id = tabs;
    const tab = { kept: own, begun: undefined as Begun | undefined, left: '', reloads: 0, keptPlace: '' };
    const surroundings: Surroundings = {
      issuer: asIssuer,
      kept: {
        tokens: () => tab.kept,
        keepTokens: (kept) => void Object.assign(tab, { kept }),
        keepBegun: (begun) => void Object.assign(tab, { begun }),
        keepPlace: (keptPlace) => void Object.assign(tab, { keptPlace }),
      },
      tabs: {
        // As a BroadcastChannel does: later, and to all others.
        send: (message) =>
          queueMicrotask(() => {
            for (const [other, listener] of listeners) if (other !== id) listener(message);
          }),
        follow: (listener) => void listeners.set(id, listener),
      },
      inTurn: (run) => {
        const mine = turn.then(run);
        turn = mine.catch(() => {});
        return mine;
      },
      now: () => now,
      later: (run, ms) => void waits.push({ run, at: now + ms }),
      page: {
        place: () => place,
        leaveFor: ({ href }) => void Object.assign(tab, { left: href }),
        reload: () => void Object.assign(tab, { reloads: tab.reloads + 1 }),
      },
      leaving: () => {},
    };
    const starting = startSession(surroundings);
    await quiet();
    await pass(200);
    return Object.assign(tab, { session: await starting });
  }

  /** Has time pass, with what was to be done in it. */
  async function pass(ms: number): Promise<void> {
    const until = now + ms;
    for (;;) {
      const next = waits.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      waits.splice(waits.indexOf(next), 1);
      now = Math.max(now, next.at);
      next.run();
      await quiet();
    }
    now = until;
  }

  return { issuer, issue, open, pass };
}

const quiet = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('a session', () => {
  test('is nobody’s where no tab has tokens', async () => {
    const { open } = createBrowser();
    const { session } = await open();
    expect(session.standing.get()).toEqual({ state: 'anonymous', canSignIn: true });
    expect(await session.authorization()).toBeUndefined();
    expect(await session.renew()).toBe(false);
  });

  test('leaves for the issuer, and keeps where it was', async () => {
    const { open, issuer } = createBrowser();
    const tab = await open(undefined, '/playground#tab');
    issuer.isAway = true;
    expect(await tab.session.signIn()).toBe(false);
    expect(tab.left).toBe('');
    issuer.isAway = false;
    expect(await tab.session.signIn()).toBe(true);
    expect(tab.left).toBe('https://issuer.example/auth');
    expect(tab.begun?.place).toBe('/playground#tab');
  });

  test('is that of another tab, where that has one', async () => {
    const { open, issue } = createBrowser();
    await open(issue());
    const { session, kept } = await open();
    expect(session.standing.get()).toMatchObject({ state: 'signed-in', who: { subject: 'kim' } });
    expect(await session.authorization()).toBe('Bearer access 1');
    expect(kept?.refresh).toBe('refresh 1');
  });

  test('renews before its token expires, once for all tabs', async () => {
    const { open, issue, issuer, pass } = createBrowser();
    const tabs = [await open(issue()), await open(), await open()];
    await pass(3 * MINUTE_MS);
    expect(issuer.issued).toBe(1);
    await pass(MINUTE_MS / 2);
    expect(issuer.issued).toBe(2);
    for (const { session, kept } of tabs) {
      expect(await session.authorization()).toBe('Bearer access 2');
      expect(kept?.access).toBe('access 2');
    }
    await pass(60 * MINUTE_MS);
    expect(issuer.isRevoked).toBe(false);
    for (const { session } of tabs) expect(session.standing.get().state).toBe('signed-in');
  });

  test('renews once a token that is refused, however many ask', async () => {
    const { open, issue, issuer } = createBrowser();
    const one = await open(issue());
    const other = await open();
    const renewals = Promise.all([one.session.renew(), one.session.renew(), other.session.renew()]);
    await quiet();
    expect(await renewals).toEqual([true, true, true]);
    expect(issuer.issued).toBe(2);
  });

  test('of a tab that was copied, or has missed something, takes what another tab has renewed', async () => {
    const { open, issue, issuer, pass } = createBrowser();
    const copied = issue();
    const one = await open(copied);
    const renewed = one.session.renew();
    await quiet();
    await pass(200);
    expect(await renewed).toBe(true);
    const copy = await open(copied);
    expect(await copy.session.renew()).toBe(true);
    expect(await copy.session.authorization()).toBe('Bearer access 2');
    expect(issuer).toMatchObject({ issued: 2, isRevoked: false });
  });

  test('asks again while the issuer is away, and nobody has to sign in', async () => {
    const { open, issue, issuer, pass } = createBrowser();
    const { session } = await open(issue());
    issuer.isAway = true;
    await pass(3.8 * MINUTE_MS);
    expect(session.standing.get().state).toBe('signed-in');
    issuer.isAway = false;
    await pass(10_000);
    expect(await session.authorization()).toBe('Bearer access 2');
  });

  test('ends when the issuer refuses to renew it, until someone has signed in again elsewhere', async () => {
    const { open, issue, issuer, pass } = createBrowser();
    const tab = await open(issue());
    issuer.isRevoked = true;
    await pass(4 * MINUTE_MS);
    expect(tab.session.standing.get()).toMatchObject({ state: 'expired', who: { subject: 'kim' } });
    expect(await tab.session.authorization()).toBeUndefined();
    expect(tab.kept).toBeUndefined();
    const again = await open(issue());
    await again.session.authorization();
    issuer.isRevoked = false;
    const renewed = again.session.renew();
    await quiet();
    await pass(200);
    expect(await renewed).toBe(true);
    await quiet();
    expect(tab.session.standing.get().state).toBe('signed-in');
    expect(tab.reloads).toBe(0);
  });

  test('is signed out in all tabs, whose pages go with all that they show', async () => {
    const { open, issue, issuer } = createBrowser();
    const one = await open(issue(), '/playground');
    const other = await open();
    await one.session.signOut();
    await quiet();
    expect(one).toMatchObject({
      left: 'https://issuer.example/out',
      kept: undefined,
      keptPlace: '/playground',
    });
    expect(issuer.used.has('refresh 1')).toBe(true);
    expect(other).toMatchObject({ kept: undefined, reloads: 1 });
    expect(await other.session.authorization()).toBeUndefined();
    const { session } = await open();
    expect(session.standing.get().state).toBe('anonymous');
  });

  test('of another person is another page, in all tabs', async () => {
    const { open, issue, pass } = createBrowser();
    const tab = await open(issue('kim'));
    const nobody = await open();
    await pass(1_000);
    const { session } = await open(issue('clerk'));
    const renewed = session.renew();
    await quiet();
    await pass(200);
    expect(await renewed).toBe(true);
    await quiet();
    expect(tab).toMatchObject({ reloads: 1, kept: { who: { subject: 'clerk' } } });
    expect(nobody.reloads).toBe(1);
  });
});
