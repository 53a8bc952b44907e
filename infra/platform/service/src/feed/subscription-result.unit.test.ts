import { expect, test } from 'vitest';
import { announcement, SubscriptionProgress } from './subscription-result.ts';

const state = { data: { balance: 1 } };
const event = (cursor: string) => ({ data: { balance: 2 }, extensions: { cursor } });

test('a subscription without a state resumes behind its announcement, and then behind each event', () => {
  const progress = new SubscriptionProgress(undefined);
  expect([progress.receive(announcement('4-0', false)), progress.cursor]).toEqual(['announcement', '4-0']);
  expect([progress.receive(event('5-0')), progress.cursor]).toEqual(['event', '5-0']);
});

test('a subscription with a state begins anew until an event has come', () => {
  const progress = new SubscriptionProgress(undefined);
  expect([progress.receive(announcement('4-0', true)), progress.cursor]).toEqual(['announcement', undefined]);
  expect([progress.receive(state), progress.cursor]).toEqual(['state', undefined]);
  expect([progress.receive(event('5-0')), progress.cursor]).toEqual(['event', '5-0']);
  expect([progress.receive(announcement('5-0', true)), progress.cursor]).toEqual(['announcement', '5-0']);
});

test('an event that failed is no announcement', () => {
  const progress = new SubscriptionProgress('4-0');
  const failed = {
    data: null,
    errors: [{ message: 'Internal server error' }],
    extensions: { cursor: '5-0' },
  };
  expect([progress.receive(failed), progress.cursor]).toEqual(['event', '5-0']);
});
