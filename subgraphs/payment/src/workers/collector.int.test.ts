import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ProviderError } from '../adapters/provider.ts';
import { type Call, scriptedProvider } from '../adapters/scripted-provider.fixture.ts';
import { canceled, payment, seatsHeld } from '../payment.fixture.ts';
import { tables } from '../store/tables.ts';
import { openPayments } from './collector.fixture.ts';

const paid = (call: Call) => call.reply('PAID');

describe('a collector', () => {
  test('charges what is pending, once, and publishes it', async () => {
    const { store, put, status, published, collect } = openPayments();
    await put(payment('PENDING'));
    const { provider, calls, keys } = scriptedProvider(paid);
    collect({ provider }).settle('r1', true);
    await until('it is paid', async () => (await status()) === 'PAID');
    expect(keys()).toEqual(['charge:r1']);
    expect(calls).toMatchObject([{ amount: 600_000, currency: 'EUR' }]);
    expect(await published()).toEqual(['Paid']);
    const [row] = await store.read.page(tables.payment, { limit: 1 });
    expect(row).toEqual(
      payment('PAID', { paidAt: '2024-11-21T10:00:00.000Z', updatedAt: '2024-11-21T10:00:00.000Z' }),
    );
  });

  test('records that a charge was declined', async () => {
    const { put, status, published, collect } = openPayments();
    await put(payment('PENDING'));
    collect(scriptedProvider((call) => call.reply('DECLINED'))).settle('r1');
    await until('it is declined', async () => (await status()) === 'DECLINED');
    expect(await published()).toEqual(['PaymentDeclined']);
  });

  test('refunds what is intended', async () => {
    const { put, status, published, collect } = openPayments();
    await put(payment('REFUNDING', { canceled: 1 }));
    const { provider, calls, keys } = scriptedProvider(paid);
    collect({ provider }).settle('r1');
    await until('it is refunded', async () => (await status()) === 'REFUNDED');
    expect(keys()).toEqual(['refund:r1']);
    expect(calls).toMatchObject([{ amount: 600_000, currency: 'EUR', chargeKey: 'charge:r1' }]);
    expect(await published()).toEqual(['PaymentRefunded']);
  });

  test.each(['PAID', 'DECLINED', 'REFUNDED', 'VOID'] as const)(
    'calls nothing for one that is %s',
    async (status) => {
      const { put, collect, store } = openPayments();
      await put(payment(status));
      const { provider, keys } = scriptedProvider(paid);
      const collector = collect({ provider });
      collector.settle('r1');
      collector.settle('not there');
      await store.transact({ keys: {}, decide: () => ({ result: undefined }) });
      await collector.close();
      expect(keys()).toEqual([]);
    },
  );

  test.each(['UNAVAILABLE', 'UNKNOWN'] as const)('calls again with the same key after %s', async (code) => {
    const { put, status, published, collect } = openPayments();
    await put(payment('PENDING'));
    const { provider, keys } = scriptedProvider((call, times) => {
      if (times < 3) call.fail(new ProviderError(code, 'no result'));
      else call.reply();
    });
    collect({ provider }).settle('r1');
    await until('it is paid', async () => (await status()) === 'PAID');
    expect(keys()).toEqual(['charge:r1', 'charge:r1', 'charge:r1']);
    expect(await published()).toEqual(['Paid']);
  });

  test('calls again with the same key when a refund has no reply', async () => {
    const { put, status, collect } = openPayments();
    await put(payment('REFUNDING', { canceled: 1 }));
    const { provider, keys } = scriptedProvider((call, times) => {
      if (times === 1) call.fail(new ProviderError('UNKNOWN', 'no result'));
      else call.reply();
    });
    collect({ provider }).settle('r1');
    await until('it is refunded', async () => (await status()) === 'REFUNDED');
    expect(keys()).toEqual(['refund:r1', 'refund:r1']);
  });

  test('calls again when the provider does not reply in time, and aborts the first call', async () => {
    const { put, status, collect } = openPayments();
    await put(payment('PENDING'));
    const { provider, calls, keys } = scriptedProvider((call, times) => {
      if (times === 1) call.signal.addEventListener('abort', () => call.fail(call.signal.reason));
      else call.reply();
    });
    collect({ provider, callTimeoutMs: 20 }).settle('r1');
    await until('it is paid', async () => (await status()) === 'PAID');
    expect(keys()).toEqual(['charge:r1', 'charge:r1']);
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  test('leaves no timer behind once it has a reply', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { put, status, collect } = openPayments();
    await put(payment('PENDING'));
    collect(scriptedProvider(paid)).settle('r1');
    await until('it is paid', async () => (await status()) === 'PAID');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('calls again when the result could not be recorded', async () => {
    const { put, status, collect, store } = openPayments();
    await put(payment('PENDING'));
    let refusals = 0;
    const failing: typeof store = {
      ...store,
      transact: (command) =>
        // The first transaction reads the payment, the second records the outcome.
        ++refusals === 2 ? Promise.reject(new Error('the disk is full')) : store.transact(command),
    };
    const { provider, keys } = scriptedProvider(paid);
    collect({ provider, store: failing }).settle('r1', true);
    await until('it is paid', async () => (await status()) === 'PAID');
    expect(keys()).toEqual(['charge:r1', 'charge:r1']);
  });

  test('refunds a charge whose reservation is canceled while it is in flight', async () => {
    const { store, status, published, collect } = openPayments();
    await store.handle({ consumer: 'payment', eventId: '1' }, seatsHeld());
    const { provider, calls, keys } = scriptedProvider();
    const collector = collect({ provider });
    collector.settle('r1');
    const charge = await until('it is charged', () => calls[0]);
    await store.handle({ consumer: 'payment', eventId: '2' }, canceled);
    collector.settle('r1');
    charge.reply('PAID');
    const refund = await until('it is refunded', () => calls[1]);
    expect(await status()).toBe('REFUNDING');
    refund.reply();
    await until('it is refunded', async () => (await status()) === 'REFUNDED');
    expect(keys()).toEqual(['charge:r1', 'refund:r1']);
    expect(await published()).toEqual(['Paid', 'PaymentRefunded']);
  });

  test('has one call in flight for a payment, however often it is to be settled', async () => {
    const { put, status, collect, pass } = openPayments();
    await put(payment('PENDING'));
    const { provider, calls, keys } = scriptedProvider();
    const collector = collect({ provider });
    // For long enough that the sweep finds it abandoned, too.
    pass(60_000);
    for (let times = 0; times < 10; times += 1) collector.settle('r1');
    const [call] = await until('it is charged', () => calls.length > 0 && calls);
    for (let times = 0; times < 10; times += 1) collector.settle('r1');
    call?.reply();
    await until('it is paid', async () => (await status()) === 'PAID');
    await collector.close();
    expect(keys()).toEqual(['charge:r1']);
  });

  test('has 500 calls in flight at most, and settles all', async () => {
    const { store, put, collect } = openPayments();
    const ids = Array.from({ length: 1200 }, (_, index) => `r${index}`);
    await Promise.all(
      ids.map((reservationId) => put(payment('PENDING', { reservationId, id: reservationId }))),
    );
    const { provider, calls, most, open } = scriptedProvider();
    const collector = collect({ provider });
    for (const id of ids) collector.settle(id);
    for (let replied = 0; replied < ids.length; ) {
      await until('as many are in flight as may be', () => open() === Math.min(500, ids.length - replied));
      for (const call of calls.slice(replied)) {
        call.reply();
        replied += 1;
      }
    }
    await until('all are paid', async () => {
      const unpaid = (await store.read.page(tables.payment, { limit: 2000 })).filter(
        ({ status }) => status !== 'PAID',
      );
      return unpaid.length === 0;
    });
    expect(most()).toBe(500);
    expect(calls).toHaveLength(1200);
  });

  test('those whose calls fail take no place of the others until they are called again', async () => {
    const { put, status, collect } = openPayments();
    const ids = Array.from({ length: 500 }, (_, index) => `r${index + 2}`);
    await Promise.all(ids.map((id) => put(payment('REFUNDING', { reservationId: id, id, canceled: 1 }))));
    await put(payment('PENDING'));
    const { provider, calls } = scriptedProvider((call) => {
      if (call.idempotencyKey === 'charge:r1') call.reply();
      else call.fail(new ProviderError('UNKNOWN', 'no such charge'));
    });
    const collector = collect({ provider });
    for (const id of ids) collector.settle(id);
    await until('all have failed once', () => calls.length >= 500);
    collector.settle('r1');
    await until('it is paid', async () => (await status()) === 'PAID');
    expect(await status('r2')).toBe('REFUNDING');
  });

  test('settles an abandoned payment once it is unchanged for five seconds', async () => {
    const { put, status, collect, pass, statements } = openPayments();
    await put(payment('PENDING'));
    await put(payment('REFUNDING', { reservationId: 'r2', id: 'p2', canceled: 1 }));
    const dead = scriptedProvider();
    const died = collect(dead);
    died.settle('r1');
    await until('it is charged', () => dead.calls.length === 1);

    const { provider, keys } = scriptedProvider(paid);
    collect({ provider });
    const looks = () => statements.filter((text) => text.includes('"updated_at" < ')).length;
    pass(5000);
    const before = looks();
    await until('both have swept again', () => looks() >= before + 4);
    expect(keys()).toEqual([]);
    pass(1);
    await until('the first is paid', async () => (await status('r1')) === 'PAID');
    await until('the second is refunded', async () => (await status('r2')) === 'REFUNDED');
    expect(keys().sort()).toEqual(['charge:r1', 'refund:r2']);
    // The call of the collector that seemed dead returns late, without effect.
    for (const call of dead.calls) call.reply('DECLINED');
    await died.close();
    expect(await status('r1')).toBe('PAID');
  });

  test('finds abandoned payments by the index of unsettled ones', async () => {
    const { statements, planOf, collect } = openPayments();
    collect(scriptedProvider());
    const sweep = await until('it sweeps', () => statements.find((text) => text.includes('"updated_at" < ')));
    expect(planOf(sweep)[0]).toMatchObject({ detail: expect.stringContaining('USING INDEX payment_status') });
  });

  test('stops: it waits for the calls in flight, records their results and begins no others', async () => {
    const { put, status, collect } = openPayments();
    await put(payment('PENDING'));
    await put(payment('PENDING', { reservationId: 'r2', id: 'p2' }));
    const { provider, calls, keys } = scriptedProvider();
    const collector = collect({ provider });
    collector.settle('r1');
    const call = await until('it is charged', () => calls[0]);
    const closed = collector.close();
    collector.settle('r2');
    call.reply();
    await closed;
    expect(await status('r1')).toBe('PAID');
    expect(await status('r2')).toBe('PENDING');
    expect(keys()).toEqual(['charge:r1']);
  });

  test('stops while it waits to retry', async () => {
    const { put, status, collect } = openPayments();
    await put(payment('PENDING'));
    const { provider, calls } = scriptedProvider((call) =>
      call.fail(new ProviderError('UNAVAILABLE', 'down')),
    );
    const collector = collect({ provider });
    collector.settle('r1');
    await until('it has been called several times', () => calls.length >= 3);
    await collector.close();
    const asked = calls.length;
    await collector.close();
    expect(calls).toHaveLength(asked);
    expect(await status()).toBe('PENDING');
  });
});
