import { expect, test } from 'vitest';
import { createOutage, isAnnounced } from './outage.ts';
import { recording } from './recorded-lines.ts';

const lost = (error: unknown) => String(error).includes('lost');

function start() {
  const { logger, lines } = recording();
  const outage = createOutage({
    begins: (err) => logger.warn({ err }, 'away'),
    ends: () => logger.info('available again'),
  });
  const fail = (error: Error) =>
    outage.watch(() => Promise.reject(error), lost).catch((reason: unknown) => reason);
  return { logger, outage, fail, said: () => lines.splice(0).map(({ msg }) => msg) };
}

test('is said once as it begins and once as it ends, and what fails for it is logged at debug', async () => {
  const { logger, outage, fail, said } = start();
  const error = new Error('lost');
  expect(await fail(error)).toBe(error);
  await fail(new Error('lost, too'));
  logger.warn({ err: error }, 'a part failed');
  logger.error({ err: new Error('a batch failed', { cause: error }) }, 'another part failed');
  expect(said()).toEqual(['away']);
  for (const result of [1, 2]) expect(await outage.watch(async () => result, lost)).toBe(result);
  expect(said()).toEqual(['available again']);
});

test('is neither begun nor ended by what was begun before', async () => {
  const { outage, fail, said } = start();
  const [works, fails] = [Promise.withResolvers<number>(), Promise.withResolvers<never>()];
  const working = outage.watch(() => works.promise, lost);
  const failing = outage.watch(() => fails.promise, lost).catch(() => 'failed');
  await fail(new Error('lost'));
  works.resolve(1);
  await working;
  expect(said()).toEqual(['away']);
  await outage.watch(async () => 2, lost);
  fails.reject(new Error('lost long ago'));
  expect(await failing).toBe('failed');
  expect(said()).toEqual(['available again']);
});

test('is not of what fails otherwise, which is logged as ever', async () => {
  const { logger, fail, said } = start();
  const error = new Error('refused');
  await fail(error);
  expect(isAnnounced(error)).toBe(false);
  logger.warn({ err: error }, 'a part failed');
  expect(said()).toEqual(['a part failed']);
});
