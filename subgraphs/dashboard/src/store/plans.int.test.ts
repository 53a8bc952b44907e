import type { Reader } from '@airline/database';
import { everyone } from '@airline/service';
import { queryPlans } from '@airline/testing/query-plans';
import { expect, test } from 'vitest';
import { minutesUntil } from '../domain/figures.ts';
import { subgraph } from '../main.ts';
import { duePage } from '../workers/catch-up.ts';
import { createDashboardRepository } from './repository.ts';

// A statement that holds up all others visits rows of an index, not the table.

const planned = (read: (reader: Reader) => Promise<unknown>) =>
  queryPlans(subgraph, /statistics_|saga_step/, read);

test('statistics are read by the keys of their minutes, never from the steps', async () => {
  const minutes = minutesUntil(new Date(0), 30);
  const plans = await planned((read) => createDashboardRepository(read, everyone).counted(minutes));
  const byKey = (table: string) =>
    expect.stringMatching(new RegExp(`^SEARCH ${table} USING PRIMARY KEY \\(id>\\? AND id<\\?\\)`));
  expect(plans).toEqual([
    [expect.stringMatching(/^SCAN statistics_total/)],
    [],
    [byKey('statistics_minute')],
    [byKey('statistics_latency')],
  ]);
});

test('steps that are due are read by an index of those alone, and not sorted', async () => {
  const plans = await planned((read) => duePage(read, 'ReservationPlaced'));
  expect(plans).toEqual([[expect.stringMatching(/USING INDEX saga_step_event_id \(event=\?\)/)]]);
});
