/** What else a provider may do than reply as it should. */
interface Description {
  /** Whether it has done what it was asked for all the same. */
  readonly isDone: boolean;
  /**
   * The HTTP status of its reply, whose body has no outcome, such as `{}`; 200 is whichever the provider has for a success. Without one it
   * closes the connection, but for `declining`.
   */
  readonly status?: number;
}

const described = {
  'reply lost': { isDone: true },
  failing: { isDone: true, status: 500 },
  overloaded: { isDone: true, status: 503 },
  /** A gateway before it has lost the reply, or has not waited for it. */
  'bad gateway': { isDone: true, status: 502 },
  'gateway timeout': { isDone: true, status: 504 },
  /** It sends the request on, by `location`, to a port on which nothing listens: it may have done it before. */
  redirecting: { isDone: true, status: 307 },
  /** It says that it may take a while. */
  pending: { isDone: true, status: 202 },
  /** It says that the key is. */
  'at work': { isDone: true, status: 409 },
  'no outcome': { isDone: true, status: 200 },
  /** Its reply is of another payment, by the key or id that a request names; without an outcome where replies repeat neither. */
  'another payment': { isDone: true, status: 200 },
  /** Its body is no JSON, such as a proxy's page. */
  garbled: { isDone: true, status: 200 },
  /** It leaves the connection open and never replies. */
  unresponsive: { isDone: true },
  invalid: { isDone: false, status: 400 },
  /** It does not know the caller, as by a wrong token. */
  refusing: { isDone: false, status: 401 },
  forbidden: { isDone: false, status: 403 },
  missing: { isDone: false, status: 404 },
  'timed out': { isDone: false, status: 408 },
  busy: { isDone: false, status: 429 },
  /** It declines what moves money, a refund as a charge, with its own reply. */
  declining: { isDone: false },
  /** Nobody is there: at every request, no connection can be made, as to a port on which nothing listens. */
  away: { isDone: false },
} satisfies Readonly<Record<string, Description>>;

export type Fault = keyof typeof described;

/** What a stand-in does and replies with each fault. */
export const faults: Readonly<Record<Fault, Description>> = described;

/** At every request, or at those alone that move money: what an adapter looks up before is found then. */
export const places = ['every request', 'moves'] as const;
export type Place = (typeof places)[number];

// The keys of an object are what its type says, where it is a constant.
const names = Object.keys(faults) as Fault[];

/** Each fault at each place. */
export const everyFault = places.flatMap((at) => names.map((fault) => ({ fault, at })));
