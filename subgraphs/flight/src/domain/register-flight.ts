import type { Decision, Flight } from './model.ts';

/** Registers a flight with all seats free. */
export function registerFlight(flight: Omit<Flight, 'remainingSeatsCount'>): Decision & { result: Flight } {
  const registered = { ...flight, remainingSeatsCount: flight.capacity };
  const { id, ...rest } = flight;
  return {
    write: { flight: registered },
    publish: [{ type: 'FlightRegistered', data: { flightId: id, ...rest } }],
    result: registered,
  };
}
