import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request, requires, tempFolder, until } from '@airline/testing';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { SOON, startSite } from './page.ts';

const root = join(import.meta.dirname, '../../../..');
const DAY_MS = 86_400_000;
const REGISTER =
  'mutation ($input: RegisterFlightInput!) { registerFlight(input: $input) { flight { id } } }';
const PLACE =
  'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { reference } } }';

test("a clerk's day, by keyboard, in Korean", requires('chromium').options, async () => {
  await using folder = await tempFolder();
  const clock = join(folder.path, 'clock');
  await writeFile(clock, String(-DAY_MS));
  await using site = await startSite({
    PAYMENT_DECLINE_ABOVE: '3000000',
    NODE_OPTIONS: `--import=${join(root, 'infra/system/e2e/chaos/clock.preload.ts')}`,
    CHAOS_CLOCK_FILE: clock,
  });
  const { url } = site.system;
  const register = async (flightCode: string, takeoffDate: string, cost: number): Promise<string> => {
    const input = { flightCode, takeoffDate, cost, remainingSeatsCount: 60 };
    const { registerFlight } = await request<{ registerFlight: { flight: { id: string } } }>(url, REGISTER, {
      input,
    });
    return registerFlight.flight.id;
  };
  const flightId = await register('KE703', '2027-01-20', 312_000);
  await register('OZ108', '2027-01-20', 298_000);
  await register('LJ221', '2027-03-02', 129_000);
  const input = {
    customerId: '어제 손님',
    flightId,
    seatQty: 1,
    reserveDate: '2026-11-01',
    awaitOutcome: true,
  };
  const { placeReservation } = await request<{ placeReservation: { reservation: { reference: string } } }>(
    url,
    PLACE,
    { input },
  );
  const { reference } = placeReservation.reservation;
  await writeFile(clock, '0');

  const { page, recording } = await site.browser.newPage({
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    viewport: { width: 1440, height: 900 },
  });
  const focused = page.locator(':focus');
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  const { keyboard } = page;
  const tabTo = (goal: Locator, key = 'Tab') =>
    until(`${key} leads to ${goal}`, async () => {
      await keyboard.press(key);
      return (await goal.and(focused).count()) > 0;
    });

  // A flight in January for at most 300,000 won.
  await page.goto(`${site.origin}/flights`);
  const flights = region('항공편');
  await flights.getByText('LJ221').waitFor();
  await tabTo(flights.getByText('검색 조건 더 보기'));
  await keyboard.press('Enter');
  await tabTo(flights.getByLabel('출발일(까지)'));
  await keyboard.type('01312027');
  await tabTo(flights.getByLabel('좌석당 가격(이하)'));
  await keyboard.type('300000');
  await expect
    .poll(() => flights.getByRole('heading', { level: 3 }).allTextContents(), SOON)
    .toEqual(['OZ108']);
  await tabTo(flights.getByRole('button', { name: 'OZ108 예약' }));
  await keyboard.press('Enter');

  // For two customers, the second one for more than the payment provider takes.
  const form = page.getByRole('form', { name: '좌석 예약' });
  const made = region('예약').getByRole('listitem').first();
  await form.getByLabel('좌석 수').and(focused).waitFor();
  await keyboard.type('2');
  await form.getByText('합계 ₩596,000').waitFor();
  await tabTo(form.getByLabel('고객'), 'Shift+Tab');
  await keyboard.type('김민서');
  await keyboard.press('Enter');
  await made.getByText('예약 확정됨').waitFor();
  await form.getByLabel('고객').and(focused).waitFor();
  await keyboard.type('이서연');
  await keyboard.press('Tab');
  await keyboard.type('oz1');
  await form.getByRole('option', { name: /^OZ108/ }).waitFor();
  await keyboard.press('Tab');
  await keyboard.type('11');
  await keyboard.press('Enter');
  await made.getByText('예약되지 않음').waitFor();
  await made.getByText('결제 거절').waitFor();

  // The first one cancels.
  const row = region('예약').getByRole('row').filter({ hasText: '김민서' });
  await tabTo(row.getByRole('button', { name: '김민서 고객의 OZ108 예약 취소' }));
  await keyboard.press('Enter');
  await tabTo(page.getByRole('dialog').getByRole('button', { name: '예약 취소' }));
  await keyboard.press('Enter');
  await row.getByText('고객 취소').waitFor();
  await row
    .getByRole('link', { name: /상세 보기/ })
    .and(focused)
    .waitFor();

  // Yesterday's booking, by a link that somebody has sent.
  await page.goto(`${site.origin}/bookings/${reference.toLowerCase()}?lang=ko`);
  const drawer = region('예약 상세');
  await drawer.getByText('어제 손님').waitFor();
  await drawer.getByText(reference, { exact: true }).waitFor();
  await drawer
    .getByText(/^어제 \d\d:\d\d$/)
    .first()
    .waitFor();
  await drawer.getByText('₩312,000 · 결제 완료').waitFor();
  expect(recording.errors).toEqual([]);
});
