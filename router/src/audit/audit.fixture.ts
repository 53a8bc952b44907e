import type { Clock } from '../clock.ts';
import { createTestPipeline, client as someone } from '../pipeline/pipeline.fixture.ts';
import { isRefused } from '../refusal.ts';
import { authorityOf, type Client, type RequestParameters } from '../request.ts';
import { createAudit } from './audit.ts';
import { auditedPipeline } from './audited.ts';

export const kim: Client = {
  ...someone,
  authority: authorityOf({ subject: 'kim', roles: ['customer'], scopes: ['a scope'] }),
  source: 'user:kim',
  address: '192.0.2.1',
  forwarded: { 'x-request-id': 'r1', authorization: 'Bearer the-token' },
};

/** An audit log whose lines are read, and whose minutes the test ends. */
export function recordedAudit() {
  const lines: string[] = [];
  const ends = new Set<() => void>();
  const clock: Clock = {
    now: () => Date.UTC(2030, 0, 1),
    after: (_ms, callback) => {
      ends.add(callback);
      return () => void ends.delete(callback);
    },
  };
  const audit = createAudit({ write: (line) => void lines.push(line), close: async () => {} }, clock);
  return {
    audit,
    lines,
    entries: (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line)),
    endMinute: () => {
      for (const end of ends) end();
    },
  };
}

/** The real pipeline over two subgraphs, recorded. */
export function auditedTestPipeline(options: Parameters<typeof createTestPipeline>[0] = {}) {
  const recorded = recordedAudit();
  const pipeline = auditedPipeline(createTestPipeline(options).pipeline, recorded.audit);
  const run = async (query: string, more: Omit<RequestParameters, 'query'> = {}, client = kim) => {
    const prepared = await pipeline.prepare({ query, ...more }, client);
    return isRefused(prepared) ? prepared : await pipeline.execute(prepared);
  };
  return { ...recorded, run };
}
