import { expect, test } from 'vitest';
import { createDrafts } from './drafts.ts';
import { reservation } from './rows.fixture.ts';

const input = { customerId: 'c1', flightId: 'f1', seatQty: 2, reserveDate: '2026-01-01' };

test('a reservation that is pushed before its response takes the place of one draft of it', () => {
  const drafts = createDrafts();
  drafts.add({ ...input, key: 'a' });
  drafts.add({ ...input, key: 'b' });
  drafts.meet(reservation({ seatQty: 3 }));
  expect(drafts.list.get()).toHaveLength(2);
  drafts.meet(reservation());
  drafts.remove('a');
  expect(drafts.list.get().map(({ key }) => key)).toEqual(['b']);
});
