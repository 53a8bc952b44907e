import { recording } from '@airline/observability/recorded-lines';
import { announcement, everyone, type SubgraphResult } from '@airline/service/server';
import { onTestFinished } from 'vitest';
import type { UpstreamRequest } from '../fan-out/index.ts';
import { authorityOf } from '../request.ts';
import type { LinkOptions } from './link.ts';
import { type StubOptions, startStub, type Upstream } from './stub-subgraph.fixture.ts';
import { createUpstreams } from './upstreams.ts';

const request: UpstreamRequest = {
  subgraph: 'flight',
  query: 'subscription { flightUpdated { id } }',
  variables: {},
  headers: {},
  authority: authorityOf(everyone),
  cursor: undefined,
};

export const event = (seq: number): SubgraphResult => ({ data: { seq }, extensions: { cursor: `${seq}-0` } });
export const announced = (seq: number, hasState = false) => announcement(`${seq}-0`, hasState);

type OpenOptions = NonNullable<LinkOptions['times']> & Partial<Pick<LinkOptions, 'sign' | 'limits'>>;

const LIMITS = { bytes: 16 * 1024 * 1024, objects: 50_000 };

/** The router's connections to a stub. They are tried again fast unless the test says otherwise. */
export function open({ sign, limits = LIMITS, ...times }: OpenOptions = {}) {
  const { logger, lines } = recording();
  const fast = { firstWait: 1, longestWait: 20, ...times };
  const upstreams = createUpstreams({ random: () => 0.5, sign, logger, limits, times: fast });
  onTestFinished(upstreams.close);

  function connect(more: Partial<UpstreamRequest> = {}) {
    const results: SubgraphResult[] = [];
    const ends: unknown[] = [];
    const leave = upstreams.connect(
      Object.defineProperties({ ...request }, Object.getOwnPropertyDescriptors(more)),
      {
        next: (result) => void results.push(result),
        error: (errors) => void ends.push(errors),
        complete: () => void ends.push('complete'),
      },
    );
    return { results, ends, leave };
  }

  return { upstreams, connect, lines };
}

export async function start(options: StubOptions = {}, more: OpenOptions = {}) {
  const stub = await startStub(options);
  const router = open(more);
  router.upstreams.locate('flight', stub.url);
  return { stub, ...router };
}

/** A log of which each subscription gets what is above its cursor, or what comes from now on. */
export function serveLog() {
  const followers = new Set<Upstream>();
  let end = 0;
  return {
    subscribed: (upstream: Upstream) => {
      const { cursor } = upstream.payload.extensions;
      const from = cursor === undefined ? end : Number.parseInt(cursor, 10);
      upstream.next(announced(from));
      for (let seq = from + 1; seq <= end; seq += 1) upstream.next(event(seq));
      followers.add(upstream);
      upstream.socket.once('close', () => followers.delete(upstream));
    },
    happen: () => {
      end += 1;
      for (const follower of followers) follower.next(event(end));
    },
  };
}

export const seqsOf = (results: readonly SubgraphResult[]) =>
  results.flatMap(({ data }) => (data ? [Object(data).seq as number] : []));
