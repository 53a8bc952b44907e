import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { newerEvent } from '../newer-events.ts';
import { desktop, isAway, narrow, respondsWith, type Shot } from './screenshots-shot.ts';

/** A dead letter of flight. */
const BEYOND = {
  ...newerEvent(1, { reservationId: 'beyond' }),
  subject: 'beyond',
  time: '2026-11-21T00:00:00.000Z',
};

/** @param folder of the system's databases */
export function keepBeyond(folder: string): void {
  const flights = new Database(join(folder, 'flight.sqlite'));
  flights
    .prepare(
      `insert into dead_letter (id, consumer, stream, seq, event, event_type, error, deliveries, died_at)
       values (?, 'flight', 'airline:reservation', 1, ?, ?, ?, 1, ?)`,
    )
    .run(BEYOND.id, JSON.stringify(BEYOND), BEYOND.type, 'Unknown version of ReservationPlaced', BEYOND.time);
  flights.close();
}

/** Of the operators' page, in a system with bookings and dead letters. */
export const operateShots: readonly Shot[] = [
  { name: 'operate', context: desktop, path: 'operate?status=CANCELED', isWhole: true, act: operating },
  {
    name: 'operate-korean',
    context: { ...desktop, colorScheme: 'dark' },
    path: 'operate?status=CANCELED&lang=ko',
    isWhole: true,
    act: operating,
  },
  { name: 'operate-narrow', context: narrow, path: 'operate?lang=ko', isWhole: true, act: operating },
  {
    name: 'operate-away',
    context: desktop,
    path: 'operate?reference=0000',
    isWhole: true,
    arrange: respondsWith('query OperatePayment {', isAway),
    act: async (page) => {
      await page.locator('[data-state=READY]').nth(2).waitFor();
      await page.getByText('Away', { exact: true }).waitFor();
      await page.getByText('Not known at present of: payment').waitFor();
    },
  },
  {
    name: 'operate-drop',
    context: desktop,
    path: 'operate',
    act: async (page) => {
      await page.getByRole('button', { name: 'Drop' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Drop' }).click();
      await dialog.getByText('Enter a reason').waitFor();
    },
  },
];

/** Services, dead letters and the steps of a saga are there. */
async function operating(page: Page): Promise<void> {
  await page.locator('[data-state=READY]').nth(2).waitFor();
  await page.getByText(BEYOND.id).waitFor();
  const saga = page.locator('#sagas details').first();
  await saga.locator('summary').click();
  await saga.locator('time').first().waitFor();
}
