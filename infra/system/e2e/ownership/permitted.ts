import type { Role } from '@airline/service';

/** What fields are for, by their types or coordinates; all others are for those who read customers' data. */
const publicFields =
  /^(Query\.(flights|flight|promotions|_entities|_service)|Subscription\.flightUpdated|(FlightConnection|FlightEdge|PageInfo|Promotion|_Service)\.\w+|Flight\.(?!reservations$)\w+|\w+\.__typename)$/;
const operatorFields =
  /^(Query\.\w+(DeadLetters|Service)|Mutation\.((replay|drop)\w+|recountCustomerInfos|eraseCustomer)|(DeadLetter|ConsumedStream|Service(Status|Check|Replica|Outbox|Rates)|RecountedInfos|ErasedCustomer)\.\w+)$/;
const staffFields = /^(Mutation\.(registerFlight|updateFlight)|(RegisterFlight|UpdateFlight)Payload\.\w+)$/;
const figureFields =
  /^(Query\.(statistics|eventsHeldUp)|(Statistics|MinuteStatistics|OutcomeCount|SagaLatency|LatencyBucket)\.\w+)$/;
const bookingFields =
  /^(Mutation\.(placeReservation|cancelReservation)|(PlaceReservation|CancelReservation)Payload\.\w+)$/;

/** The roles that may see a field, as people have agreed and not as the SDL has it; undefined: anyone. */
export function rolesFor(coordinate: string): readonly Role[] | undefined {
  if (publicFields.test(coordinate)) return undefined;
  if (operatorFields.test(coordinate)) return ['operator'];
  if (staffFields.test(coordinate)) return ['staff'];
  if (figureFields.test(coordinate)) return ['staff', 'operator'];
  if (bookingFields.test(coordinate)) return ['customer', 'staff'];
  // Who may change data is said of each mutation.
  return coordinate.startsWith('Mutation.') ? [] : ['customer', 'staff', 'operator'];
}

/** Whether a caller with these roles may see a field. */
export const isPermitted = (roles: readonly Role[], coordinate: string): boolean =>
  rolesFor(coordinate)?.some((role) => roles.includes(role)) ?? true;
