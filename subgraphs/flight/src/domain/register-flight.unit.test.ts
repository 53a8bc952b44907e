import { test } from 'vitest';
import { ace890, given } from '../flight.fixture.ts';
import { registerFlight } from './register-flight.ts';

test('a new flight has all its seats free', () => {
  const { remainingSeatsCount: _, ...wanted } = ace890;
  const { id: flightId, ...data } = wanted;
  given()
    .when({ keys: {}, decide: () => registerFlight(wanted) })
    .thenPublished({ type: 'FlightRegistered', data: { flightId, ...data } })
    .thenReturns(ace890)
    .thenHolds({ flight: [ace890] });
});
