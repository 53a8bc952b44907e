import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request, until } from '@airline/testing';
import { authorizationOf, identityEnv, tokenFor } from '@airline/testing/identity';
import { expect, test } from 'vitest';
import { cellsOf, erasureFaults, fates, textsOfPlacement } from './customer-data.ts';
import { startEmbedded } from './system.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

const REGISTER = `mutation { registerFlight(input: {
  flightCode: "KE1", takeoffDate: "2030-01-01", cost: 100, remainingSeatsCount: 5
}) { flight { id } } }`;
const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status } }
}`;

test('what is held of a customer is found, and erased where no law keeps it', async () => {
  await using system = await startEmbedded(identityEnv);
  const staff = await authorizationOf({ subject: 'clerk', roles: ['staff'] });
  const asStaff = <Data>(query: string, variables = {}) => request<Data>(system.url, query, variables, staff);
  const command = async (token: string, ...args: string[]) => {
    const env = { PATH: process.env.PATH, ROUTER_URL: system.url, ACCESS_TOKEN: token };
    const file = join(root, 'infra/system/operator/customer.ts');
    return (await run(process.execPath, [file, ...args], { env })).stdout;
  };
  const operator = await tokenFor({ subject: 'olga', roles: ['operator'] });

  const { registerFlight } = await asStaff<{ registerFlight: { flight: { id: string } } }>(REGISTER);
  const flightId = registerFlight.flight.id;
  const texts = textsOfPlacement();
  for (const [customerId, given] of Object.entries({ kim: texts, lee: {} }))
    await asStaff(PLACE, { input: { customerId, flightId, seatQty: 1, awaitOutcome: true, ...given } });
  const counted = await until('the dashboard has counted both', async () => {
    const found = await Promise.all(['kim', 'lee'].map((id) => command(operator, 'find', id)));
    return found.every((text) => /"flightCount":1/.test(text) && /ReservationSucceeded/.test(text)) && found;
  });
  expect(counted[0]).toMatch(/"status":"SUCCEED"/);
  expect(counted[0]).toMatch(/"status":"PAID"/);
  expect(counted[0]).toContain('dashboard: 0 dead letters');

  const before = await cellsOf(system.select);
  const erased = await command(operator, 'erase', 'kim', '--reason', 'asked by letter');
  expect(erased).toContain('(asked by letter): the info');
  expect(erased).toContain('1 steps of histories');
  expect(erased).toMatch(/dashboard: info.*\n {2}none/);
  expect(erased).toMatch(/"status":"PAID"/);
  const after = await cellsOf(system.select);
  const [customerId, given, found] = ['kim', Object.values(texts), counted[0] ?? ''] as const;
  expect(erasureFaults({ fates, before, after, customerId, given, found })).toEqual([]);
  expect(await command(operator, 'erase', 'kim', '--reason', 'again')).toContain('(asked by letter)');
  expect(await command(operator, 'find', 'lee')).toMatch(/"flightCount":1/);

  const clerk = await tokenFor({ subject: 'clerk', roles: ['staff'] });
  await expect(command(clerk, 'erase', 'lee', '--reason', 'none')).rejects.toThrow(/FORBIDDEN/);
  await expect(command(operator, 'erase', 'lee')).rejects.toThrow(/Usage: npm run customer/);
  const audit = await readFile(join(system.folder, 'audit.log'), 'utf8');
  expect(audit).toMatch(/"subject":"olga".*"eraseCustomer","ids":\{"customerId":"kim"\},"outcome":"ok"/);
  expect(audit).not.toContain('asked by letter');
});
