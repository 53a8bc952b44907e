import { expect, test } from 'vitest';
import { createLoader } from './loader.ts';
import { network, type Problem } from './problem.ts';

function setUp() {
  const loads: ((problem?: Problem) => void)[] = [];
  const waits: { run: () => void; ms: number }[] = [];
  const loader = createLoader({
    load: () => new Promise((resolve) => loads.push(resolve)),
    later: (run, ms) => void waits.push({ run, ms }),
  });
  /** Ends the load that runs. */
  const end = async (problem?: Problem) => {
    loads.at(-1)?.(problem);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { loader, loads, waits, end };
}

test('what is asked for while it loads is loaded once more, and only then is it ready', async () => {
  const { loader, loads, end } = setUp();
  loader.request();
  loader.request();
  loader.request();
  await end();
  expect(loads).toHaveLength(2);
  expect(loader.state.get()).toEqual({ phase: 'loading' });
  await end();
  expect(loads).toHaveLength(2);
  expect(loader.state.get()).toEqual({ phase: 'ready' });
});

test('a failure is tried again, later each time, until it is there', async () => {
  const { loader, loads, waits, end } = setUp();
  loader.request();
  await end(network);
  expect(loader.state.get()).toEqual({ phase: 'failed', problem: network, isStale: false });
  waits[0]?.run();
  await end(network);
  waits[1]?.run();
  await end();
  expect(waits.map(({ ms }) => ms)).toEqual([1_000, 2_000]);
  expect(loads).toHaveLength(3);
  expect(loader.state.get()).toEqual({ phase: 'ready' });
  loader.retry();
  expect(loads).toHaveLength(3);
});

test.each(['BAD_USER_INPUT', 'FORBIDDEN', 'COST_LIMIT_EXCEEDED'])(
  'what is refused with %s is not tried again, until it is asked for',
  async (code) => {
    const { loader, loads, waits, end } = setUp();
    loader.request();
    await end({ code, field: undefined, message: '' });
    expect(loader.state.get()).toMatchObject({ phase: 'failed' });
    expect(waits).toEqual([]);
    loader.retry();
    expect(loads).toHaveLength(1);
    loader.request();
    expect(loads).toHaveLength(2);
  },
);

test('a retry that waited does nothing when something else has loaded meanwhile', async () => {
  const { loader, loads, waits, end } = setUp();
  loader.request();
  await end(network);
  loader.retry();
  await end();
  waits[0]?.run();
  expect(loads).toHaveLength(2);
});

test('what was there before a failure is shown as possibly stale', async () => {
  const { loader, end } = setUp();
  loader.request();
  await end();
  loader.request();
  await end(network);
  expect(loader.state.get()).toMatchObject({ phase: 'failed', isStale: true });
});

test('what is restarted does not wait for what it is loading, whose outcome is of no interest', async () => {
  const { loader, loads, end } = setUp();
  loader.request();
  loader.restart();
  expect(loads).toHaveLength(2);
  loads[0]?.(network);
  await new Promise((resolve) => setTimeout(resolve));
  expect(loader.state.get()).toEqual({ phase: 'loading' });
  await end();
  expect(loader.state.get()).toEqual({ phase: 'ready' });
});

test('what was stopped loads no more', async () => {
  const { loader, loads, waits, end } = setUp();
  loader.request();
  await end(network);
  loader.stop();
  for (const { run } of waits) run();
  loader.request();
  expect(loads).toHaveLength(1);
});
