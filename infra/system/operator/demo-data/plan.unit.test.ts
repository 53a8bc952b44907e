import { describe, expect, test } from 'vitest';
import { customerNames } from './names.ts';
import { demoBookings, demoFlights } from './plan.ts';

const options = { flights: 200, bookings: 2000, customers: 300, seed: 7, date: '2030-01-31' };
const flights = demoFlights(options);
const bookings = [...demoBookings(options, flights)];

describe('demo data', () => {
  test('are the same for the same options, others for another seed, and go on for a higher number', () => {
    expect(demoFlights(options)).toEqual(flights);
    expect(demoFlights({ ...options, seed: 8 })).not.toEqual(flights);
    const more = [...demoBookings({ ...options, bookings: 2500 }, flights)];
    expect(more.slice(0, 2000)).toEqual(bookings);
  });

  test('have flights that the graph takes, no two of one code and day', () => {
    expect(new Set(flights.map(({ flightCode, takeoffDate }) => `${flightCode} ${takeoffDate}`)).size).toBe(
      200,
    );
    for (const { flightCode, takeoffDate, cost, remainingSeatsCount } of flights) {
      expect(flightCode).toMatch(/^[0-9A-Z]{2}\d{3}$/);
      expect(takeoffDate > options.date).toBe(true);
      expect(cost % 100).toBe(0);
      expect(cost).toBeGreaterThanOrEqual(39_000);
      expect(remainingSeatsCount).toBeGreaterThan(0);
    }
  });

  test('stay apart with more flights than codes', () => {
    const many = demoFlights({ ...options, flights: 20_000 });
    expect(new Set(many.map(({ flightCode, takeoffDate }) => `${flightCode} ${takeoffDate}`)).size).toBe(
      20_000,
    );
  });

  test('have bookings with keys of their own, some canceled, some too late, and flights that sell out', () => {
    expect(new Set(bookings.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2000);
    const seats = flights.map(() => 0);
    for (const { flight, seatQty } of bookings) seats[flight] = (seats[flight] ?? 0) + seatQty;
    const soldOut = flights.filter(
      ({ remainingSeatsCount }, index) => (seats[index] ?? 0) > remainingSeatsCount,
    );
    expect(soldOut.length).toBeGreaterThan(0);
    expect(soldOut.length).toBeLessThan(20);
    expect(bookings.filter(({ isCanceled }) => isCanceled).length).toBeGreaterThan(40);
    const late = bookings.filter(
      ({ flight, reserveDate }) => reserveDate > (flights[flight]?.takeoffDate ?? ''),
    );
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(40);
  });

  test('have customers of different names that the graph takes, Korean and long ones among them', () => {
    const names = customerNames(5000);
    expect(new Set(names).size).toBe(5000);
    expect(names.filter((name) => /^[가-힣]+/.test(name)).length).toBeGreaterThan(2500);
    expect(Math.max(...names.map(({ length }) => length))).toBeGreaterThan(60);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(100);
  });
});
