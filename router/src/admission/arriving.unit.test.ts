import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { isRefused } from '../refusal.ts';
import { OPERATOR } from '../request.ts';
import { startAdmission } from './admission.fixture.ts';
import { createLanes } from './lanes.ts';
import { UNLIMITED } from './unlimited.fixture.ts';
import type { Visit } from './visit.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const LONGEST = 256 * KIB;

const start = () => {
  const started = startAdmission(UNLIMITED);
  /** Bodies of which as much has arrived. */
  const arriving = (source: string, count: number, bytes = LONGEST) => {
    const visits = Array.from({ length: count }, () => started.entered(source));
    for (const visit of visits) expect(visit.arrive(bytes)).toBeUndefined();
    return visits;
  };
  const statusOf = (source: string, bytes: number) => started.entered(source).arrive(bytes)?.status;
  /** Of eight clients, all that may arrive. */
  const fill = () => Array.from({ length: 8 }, (_, i) => arriving(`filling${i}`, 16)).flat();
  return { ...started, arriving, statusOf, fill };
};

describe('bodies that are arriving', () => {
  test('may have 4 MiB of one client, however they come, and those of others have theirs', () => {
    const { arriving, statusOf, admission } = start();
    const [first] = arriving('a', 16, LONGEST - 1);
    for (let count = 0; count < 16; count += 1) expect(first?.arrive(1)).toBeUndefined();
    expect(first?.arrive(1)?.status).toBe(429);
    expect(admission.counts.shed).toMatchObject({ client: 1, overload: 0 });
    expect(statusOf('a', LONGEST)).toBeUndefined();
    expect(statusOf('a', LONGEST)).toBe(429);
    expect(statusOf('b', LONGEST)).toBeUndefined();
  });

  test('may have 32 MiB of all', () => {
    const { fill, statusOf, admission } = start();
    fill();
    expect(statusOf('other', 4 * KIB + 1)).toBe(503);
    expect(admission.counts.shed).toMatchObject({ client: 0, overload: 1 });
  });

  test('are not refused so far as they have 4 KiB', () => {
    const { fill, entered } = start();
    fill();
    for (const source of ['filling0', 'other']) {
      const visit = entered(source);
      expect(visit.arrive(2 * KIB)).toBeUndefined();
      expect(visit.arrive(2 * KIB)).toBeUndefined();
      expect(visit.arrive(1)).toBeDefined();
    }
  });

  test.each<[string, (visit: Visit) => unknown]>([
    ['are whole', (visit) => visit.start(1)],
    ['are refused for their texts', (visit) => visit.start(3 * MIB)],
    ['lose their clients', (visit) => visit.leave()],
    ['are refused', (visit) => visit.arrive(33 * MIB)],
  ])('count no longer once they %s, and once only', (_what, end) => {
    const { fill, statusOf } = start();
    const all = fill();
    for (const visit of all) end(visit);
    const again = fill();
    for (const visit of all) visit.leave();
    expect(statusOf('other', LONGEST)).toBe(503);
    for (const visit of again) visit.leave();
    fill();
  });

  test('are refused where their client has left', () => {
    const { entered, statusOf, fill } = start();
    const visit = entered('filling0');
    visit.leave();
    expect(visit.arrive(1)?.status).toBe(503);
    fill();
    expect(statusOf('other', LONGEST)).toBe(503);
  });

  test('are no pressure: what is refused of them takes nobody the place to wait', () => {
    const { admission, entered, operation, advance } = startAdmission({ clientInFlight: 1, queue: 100 });
    for (let i = 0; i < 8 * 16; i += 1) entered(`filling${i % 8}`).arrive(LONGEST);
    for (let i = 0; i < 10; i += 1) expect(entered(`refused${i}`).arrive(LONGEST)?.status).toBe(503);
    for (let i = 0; i < 23; i += 1) operation(`other${i}`);
    advance(101);
    operation('last');
    expect(admission.counts.waiting).toBe(21);
  });

  test('of operators have a bound of their own', () => {
    const lanes = createLanes({ limits: UNLIMITED, costLimit: 0, clock: systemClock });
    onTestFinished(lanes.close);
    const statusOf = (source: string) => {
      const visit = lanes.admit(source);
      return isRefused(visit) ? visit.status : visit.arrive(LONGEST)?.status;
    };
    for (let i = 0; i < 8 * 16; i += 1) expect(statusOf(`filling${i % 8}`)).toBeUndefined();
    expect(statusOf('other')).toBe(503);
    expect(statusOf(OPERATOR)).toBeUndefined();
  });
});
