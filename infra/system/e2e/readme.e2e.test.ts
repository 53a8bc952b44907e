import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '@airline/testing';
import { expect, test } from 'vitest';
import { startEmbedded } from './system.ts';

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');

test('the shell lines of README.md book as it says', async () => {
  await using system = await startEmbedded();
  const lines = readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm).map(([, block = '']) => block);
  const script = [...lines].join('\n').replaceAll('http://127.0.0.1:8088/graphql', system.url);
  await using shell = startChild('bash', ['-euo', 'pipefail', '-c', script]);
  expect(await shell.ended).toMatchObject({ exit: 0 });
  const data = shell
    .output()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).data);
  expect(data).toEqual([
    {
      placeReservation: {
        reservation: expect.objectContaining({ status: 'CANCELED', cancelReason: 'SEATS_SOLD_OUT' }),
      },
    },
    {
      reservation: expect.objectContaining({
        status: 'SUCCEED',
        flight: { remainingSeatsCount: 2 },
        payment: { status: 'PAID', cost: 600_000 },
      }),
    },
    { cancelReservation: { reservation: { status: 'CANCELED', cancelReason: 'CUSTOMER' } } },
  ]);
});
