import type { Role } from '@airline/service';
import { type GraphQLResponse, post, request, until } from '@airline/testing';
import { authorizationOf } from '@airline/testing/identity';
import { bookingAt } from '../booking.ts';

// A customer who books, a stranger who would like to know, and who works at the airline.

export const VICTIM = 'customer-kim-7c1f';
const STRANGER = 'customer-lee-90aa';

/** What a stranger may name. Of a victim, it exists; of nobody, it is as well formed. */
export interface Target {
  readonly customerId: string;
  readonly reservationId: string;
  readonly canceledId: string;
  readonly paymentId: string;
  readonly idempotencyKey: string;
}

export interface World {
  readonly url: string;
  readonly flightId: string;
  /** What the victim has booked, and what they have canceled. */
  readonly victim: Target;
  readonly nobody: Target;
  /** Texts that only the victim and the staff may ever read. */
  readonly secrets: readonly string[];
  readonly headers: Readonly<Record<'victim' | 'stranger' | 'staff' | 'operator', Headers>>;
  readonly stranger: { readonly customerId: string; readonly reservationId: string };
}

type Headers = Readonly<Record<string, string>>;

const NOBODY: Target = {
  customerId: 'customer-nobody-00',
  reservationId: '019cb4a1-4444-7444-8444-444444444444',
  canceledId: '019cb4a1-5555-7555-8555-555555555555',
  paymentId: '019cb4a1-6666-7666-8666-666666666666',
  idempotencyKey: 'key-of-nobody-at-all',
};

/** @param url of a router that verifies tokens of the tests' issuer */
export async function openWorld(url: string): Promise<World> {
  const headersOf = (subject: string, ...roles: Role[]) => authorizationOf({ subject, roles });
  const headers = {
    victim: await headersOf(VICTIM, 'customer'),
    stranger: await headersOf(STRANGER, 'customer'),
    staff: await headersOf('clerk', 'staff'),
    operator: await headersOf('operator', 'operator'),
  };
  const flightId = await bookingAt(url, headers.staff).registerFlight(400, 777_001);
  const idempotencyKey = 'key-of-kim-secretly';
  const kim = bookingAt(url, headers.victim);
  const booked = { customerId: VICTIM, flightId, reserveDate: '2025-03-17', idempotencyKey };
  const kept = await kim.place({ ...booked, seatQty: 13 });
  const canceled = await kim.place({ ...booked, seatQty: 7, idempotencyKey: `${idempotencyKey}-2` });
  await kim.cancel(canceled.id);
  const own = await bookingAt(url, headers.stranger).place({ customerId: STRANGER, flightId, seatQty: 1 });
  const paymentId = await until('the payments are known', async () => {
    const { customerInfo, payments } = await request<Known>(url, KNOWN, { id: VICTIM }, headers.staff);
    const isCounted = customerInfo?.flightCount === 2 && customerInfo.canceledCount === 1;
    const [first] = payments.nodes.filter(({ status }) => status === 'PAID');
    return isCounted && payments.nodes.some(({ status }) => status === 'REFUNDED') ? first?.id : undefined;
  });
  const victim = {
    customerId: VICTIM,
    reservationId: kept.id,
    canceledId: canceled.id,
    paymentId,
    idempotencyKey,
  };
  return {
    url,
    flightId,
    victim,
    nobody: NOBODY,
    // Amounts are seats of the victim times the price, which nobody else has; the date is theirs alone.
    secrets: [...Object.values(victim), '2025-03-17', String(13 * 777_001), String(7 * 777_001)],
    headers,
    stranger: { customerId: STRANGER, reservationId: own.id },
  };
}

interface Known {
  readonly customerInfo: { readonly flightCount: number; readonly canceledCount: number } | null;
  readonly payments: { readonly nodes: readonly { readonly id: string; readonly status: string }[] };
}

const KNOWN = `query ($id: ID!) {
  customerInfo(customerId: $id) { flightCount canceledCount }
  payments(filter: { customerId: $id }) { nodes { id status } }
}`;

/** All that staff sees of the victim: it must be the same after all attacks. */
export async function stateOf({ url, victim, flightId, headers }: World): Promise<GraphQLResponse> {
  const query = `query ($id: ID!, $flight: ID!) {
    customer(id: $id) {
      info { flightCount canceledCount recentReserveDate updatedAt }
      reservations(first: 100) { totalCount nodes { id status cancelReason seatQty updatedAt history { event at } } }
      payments(first: 100) { totalCount nodes { id status cost } }
    }
    flight(id: $flight) { cost capacity takeoffDate }
  }`;
  const variables = { id: victim.customerId, flight: flightId };
  return (await post(url, JSON.stringify({ query, variables }), headers.staff)).body;
}
