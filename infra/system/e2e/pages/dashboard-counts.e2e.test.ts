import { requires } from '@airline/testing';
import { test } from 'vitest';
import { countsAtRest } from './dashboard-counts.ts';

test(
  'pages have the counts of the databases at rest, also one that was offline',
  requires('chromium').options,
  async () => {
    await countsAtRest(64);
  },
);
