import { n } from './en-numbers.ts';

export const connection = {
  connecting: 'Connecting',
  connected: 'Live',
  reconnecting: (attempt: number) => `Reconnecting, attempt ${n(attempt)}`,
  offline: 'Offline',
  partial: 'Live in part',
  since: (time: string) => `since ${time}`,
  offlineBanner:
    'This device is offline. What you see is from before, and updates by itself once there is a network again.',
  serviceAway: {
    reservation:
      'The reservation service does not respond: bookings may be out of date, and can be neither made nor canceled.',
    flight:
      'The flight service does not respond: flights and their seats may be out of date, and bookings wait.',
    payment: 'The payment service does not respond: payments may be out of date, and bookings wait.',
    dashboard: 'The dashboard service does not respond: customers, figures and histories may be out of date.',
  },
  heldUp:
    'Bookings wait for longer than usual: events between the services are held up, or a service is away. None is lost; they go on by themselves.',
  unpublished:
    'Events between the services are held up: bookings stay pending until they get through. None is lost; they go on by themselves.',
  banner: 'What you see is from before the connection was lost. It updates when the connection is back.',
  regained: 'Connected again. Everything is up to date.',
};

export const problem = {
  title: 'This part cannot be loaded',
  stale: 'This part may be out of date',
  retrying: 'Retrying automatically.',
  retry: 'Try again',
  NETWORK: 'The server did not respond.',
  PAGE_FAILED: 'Something went wrong in this page. Load it again.',
  SUBGRAPH_UNAVAILABLE: 'The responsible service is unavailable at the moment.',
  RATE_LIMITED: 'Too many requests. Wait a moment.',
  TRY_AGAIN_LATER: 'The responsible service cannot work at the moment. Try again later.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on the server.',
  UNAUTHENTICATED: 'Sign in to do this.',
  FORBIDDEN: 'You are not allowed to do this.',
  NOT_FOUND: 'There is no such entry.',
  IDEMPOTENCY_KEY_REUSED: 'The same key was used for another request. Submit the form again.',
};
