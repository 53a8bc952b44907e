import { requires } from '@airline/testing';
import { expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { SOON, startSite } from './page.ts';

test('what the server would refuse of a search is refused at its field, in the language of the page', {
  ...requires('chromium').options,
}, async () => {
  await using site = await startSite();
  const booking = bookingAt(site.system.url);
  const flightId = await booking.registerFlight(9);
  await booking.place({ customerId: 'found', flightId, seatQty: 1 });
  const { page } = await site.browser.newPage({ locale: 'ko-KR', timezoneId: 'UTC' });

  await page.goto(
    `${site.origin}/flights?seats=9999999999&departs-from=2026-02-31&price-to=1.005&currency=EUR`,
  );
  const flights = page.getByRole('region', { name: '항공편', exact: true });
  for (const value of ['9999999999', '2026-02-31', '1.005'])
    await flights.getByText(`“${value}”: 검색할 수 없는 값입니다.`).waitFor();
  await flights.getByLabel('좌석당 가격(이하)').fill('');
  await flights.getByLabel('통화').selectOption('');
  await expect.poll(() => flights.getByRole('listitem').count(), SOON).toBe(1);

  await page.goto(`${site.origin}/bookings?booked-from=2026-02-31&booked-to=9999-12-31`);
  const bookings = page.getByRole('region', { name: '예약', exact: true });
  for (const value of ['2026-02-31', '9999-12-31'])
    await bookings.getByText(`“${value}”: 검색할 수 없는 값입니다.`).waitFor();
  await bookings.getByText('found').waitFor();
  // What a field cannot know to be refused: it stays, so that it can be changed.
  await page.goto(`${site.origin}/bookings?customer=${'a'.repeat(1001)}`);
  await bookings.getByRole('alert').waitFor();
  await bookings.getByLabel('고객(이름 전체)').waitFor();
});
