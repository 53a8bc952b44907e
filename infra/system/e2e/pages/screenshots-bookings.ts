import { writeFile } from 'node:fs/promises';
import { pick, request, seeded } from '@airline/testing';

/** Code, departure, price of a seat in won, seats. */
const FLIGHTS = [
  ['KE017', '2027-01-20', 1_260_000, 368],
  ['TW287', '2026-12-30', 154_000, 12],
  ['AZ214', '2027-01-04', 845_000, 180],
  ['BX164', '2027-02-11', 118_000, 96],
  ['LJ221', '2026-12-02', 129_000, 120],
  ['OZ108', '2026-12-19', 298_000, 48],
  ['KE703', '2026-12-18', 312_000, 60],
  ['ACE890', '2026-12-25', 200_000, 24],
] as const;

const CUSTOMERS = [
  'kim-minjun',
  'lee-seoyeon',
  'park-jihoon',
  'choi-yuna',
  'jung-haneul',
  'kang-dohyun',
  'cho-eunji',
  'yoon-seojun',
  'jang-subin',
  'lim-taeyang',
  'han-areum',
  'oh-jiwon',
  'seo-minji',
  'shin-hyunwoo',
  'kwon-nari',
  'hwang-inho',
  'ahn-sora',
  'song-jaemin',
  'ryu-dabin',
  'hong-gildong',
];

/** How the half hour before the pictures went, bookings by the minute. */
const PER_MINUTE = [1, 0, 2, 1, 3, 2, 2, 4, 3, 1, 2, 5, 4, 3, 6, 4, 5, 3, 2, 4, 6, 7, 5, 4, 6, 8, 5, 6, 4, 3];

const REGISTER =
  'mutation ($input: RegisterFlightInput!) { registerFlight(input: $input) { flight { id } } }';
const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status } }
}`;
const CANCEL =
  'mutation ($input: CancelReservationInput!) { cancelReservation(input: $input) { reservation { id } } }';

const MINUTE_MS = 60_000;
/** The clock of the system looks this often at its file; see chaos/clock.preload.ts. */
const CLOCK_MS = 300;

/**
 * Half an hour of an airline's bookings, the same each time, in seconds: the system's clock is moved on.
 * @param clockFile CHAOS_CLOCK_FILE of the system
 */
export async function bookHalfAnHour(url: string, clockFile: string): Promise<void> {
  const random = seeded(1);
  const any = <Item>(items: readonly Item[], power = 1) => pick(items, () => random() ** power);

  await setClock(clockFile, PER_MINUTE.length);
  const flightIds: string[] = [];
  for (const [flightCode, takeoffDate, cost, remainingSeatsCount] of FLIGHTS) {
    const input = { flightCode, takeoffDate, cost, remainingSeatsCount };
    const { registerFlight } = await request<{ registerFlight: { flight: { id: string } } }>(url, REGISTER, {
      input,
    });
    flightIds.push(registerFlight.flight.id);
  }
  for (const [minute, count] of PER_MINUTE.entries()) {
    await setClock(clockFile, PER_MINUTE.length - 1 - minute);
    for (let number = 0; number < count; number += 1) {
      const isTooLate = random() < 0.03;
      const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
      const input = {
        customerId: any(CUSTOMERS, 1.5),
        flightId: any(flightIds, 0.7),
        seatQty: 1 + Math.floor(random() ** 1.5 * 4),
        reserveDate: isTooLate ? '2027-12-01' : `2026-11-${day}`,
        awaitOutcome: true,
      };
      const { placeReservation } = await request<{ placeReservation: { reservation: { id: string } } }>(
        url,
        PLACE,
        {
          input,
        },
      );
      if (random() < 0.08) await request(url, CANCEL, { input: { id: placeReservation.reservation.id } });
    }
  }
}

async function setClock(file: string, minutesAgo: number): Promise<void> {
  await writeFile(file, String(-minutesAgo * MINUTE_MS));
  await new Promise((resolve) => setTimeout(resolve, CLOCK_MS));
}
