import { requires } from '@airline/testing';
import { test } from 'vitest';
import { countsAtRest } from './dashboard-counts.ts';

test(
  'pages have the counts of the databases at rest after 10,000 changes',
  requires('chromium').options,
  async () => {
    await countsAtRest(8_000);
  },
);
