import type { CaseName } from '../cases/index.ts';
import type { Notice } from '../data/notices.ts';

const n = (count: number) => count.toLocaleString('en');

const notices: Readonly<Record<Notice, string>> = {
  introspectionOff:
    'Introspection is off at this router, so there is no documentation, completion or validation. Operations still run. To turn it on, start the router with INTROSPECTION=true.',
  signedOut:
    'Nobody has signed in: there is no documentation, completion or validation, and only operations on what is public run. Sign in, or write a token into the headers.',
  schemaRefused:
    'The router refused the query for its schema. If a token in the headers is the cause, correct it and press "Reload the schema".',
  unreachable:
    'The router does not respond. When it is available again, run the operation again or press "Reload the schema".',
  interrupted:
    'The subscription is interrupted. It resumes without a gap when the router is available again.',
};

const cases: Readonly<Record<CaseName, { readonly title: string; readonly about: string }>> = {
  RegisterFlight: {
    title: 'A flight with five seats',
    about:
      'Run the tabs from left to right. No id needs copying: {{LATEST_FLIGHT}} and {{LATEST_RESERVATION}} stand for what this browser registered and reserved last.',
  },
  SoldOut: {
    title: 'Case 1: sold out',
    about: 'Three of five seats: SUCCEED. Three more: CANCELED, SEATS_SOLD_OUT. Two seats remain.',
  },
  AnotherFlight: {
    title: 'A flight for case 2',
    about: 'Five seats again; what follows is about this flight.',
  },
  EverySeat: {
    title: 'Case 2: every seat',
    about: 'Two customers take all five seats: three reservations, each SUCCEED, and no seat remains.',
  },
  Counts: {
    title: 'Case 2: counts of the customers',
    about:
      'Customer 1 has reserved once (2024-11-11), customer 2 twice (2024-12-25 the latest), and no seat remains.',
  },
  Cancel: {
    title: 'Case 3: a cancellation',
    about:
      'The latest reservation is customer 1’s of case 2. Its seats are released and its payment is refunded.',
  },
  CountsAfterwards: {
    title: 'Case 3: counts afterwards',
    about: 'Customer 1 has still reserved once, one reservation is canceled, and three seats are free again.',
  },
  History: { title: 'How it went', about: 'The steps of that reservation across the services, in order.' },
  Departed: {
    title: 'Case 4: departed',
    about: 'A reserve date after the takeoff: CANCELED, FLIGHT_DEPARTED. Both dates may lie in the past.',
  },
  Promotions: {
    title: 'Case 5: promotions',
    about:
      'The text files in the folder of promotions, which all replicas of the flight service share. Put one there and run this again.',
  },
  AcrossServices: {
    title: 'One query, four services',
    about: 'A flight, its reservations, what was paid for them, and how often their customers have reserved.',
  },
  Deferred: {
    title: 'Parts that come later',
    about:
      'The flight comes first; its reservations and their payments follow in parts of their own, as they are ready.',
  },
  Watch: {
    title: 'A subscription',
    about:
      'Each change of a customer’s counts is pushed. It ends when another tab is chosen, so reserve in a second window.',
  },
};

export const en = {
  title: 'Airline',
  name: 'Playground',
  desk: 'Dashboard',
  language: 'Language',
  loading: 'The editor is loading.',
  notices,
  cases,
  signIn: {
    open: 'Open: everybody may do everything',
    anonymous: 'Nobody has signed in',
    account: (name: string, roles: string) => `Signed in as ${name} (${roles})`,
    roles: { customer: 'customer', staff: 'staff', operator: 'operator' },
    expired: 'Your sign-in has ended. What you have typed stays.',
    unavailable: 'The issuer does not respond. Try again in a moment.',
    signIn: 'Sign in',
    again: 'Sign in again',
    signOut: 'Sign out',
  },
  tabs: {
    label: 'Operations',
    untitled: 'untitled',
    add: 'New tab',
    close: (name: string) => `Close ${name}`,
  },
  editor: {
    operation: 'Operation',
    run: 'Run',
    stop: 'Stop',
    which: 'Operation to run',
    variables: 'Variables',
    headers: 'Headers',
    more: 'Variables and headers',
    format: 'Format',
    copyLink: 'Copy link',
    copyCurl: 'Copy as cURL',
    copied: 'Copied.',
    notCopied: 'The browser did not let it be copied.',
    notJson: 'The variables or the headers are not JSON.',
  },
  response: {
    label: 'Response',
    result: 'Result',
    none: (reason: string) => `The operation was not sent, or got no response: ${reason}.`,
    strange: (status: number, text: string) => `The response is not JSON (status ${status}): ${text}`,
    refused: 'The router refused the token.',
    closed: (reason: string) => `The router closed the subscription's connection: ${reason}.`,
    failed: (reason: string) => `The subscription failed: ${reason}.`,
    status: 'Status',
    time: 'Time',
    size: 'Size',
    bytes: (count: number) => (count < 1000 ? `${n(count)} B` : `${n(Math.round(count / 100) / 10)} kB`),
    ms: (ms: number) => (ms < 10 ? `${n(Math.round(ms * 10) / 10)} ms` : `${n(Math.round(ms))} ms`),
    running: 'Running',
    headers: 'Headers',
    plan: 'Plan',
    parts: 'Parts',
    events: 'Events',
    nothing: 'Run an operation to see how it went.',
    noHeaders: 'A subscription has no headers of its own.',
    noParts: 'The response came in one part. What @defer marks comes in parts of its own.',
    noEvents: 'No event yet.',
    pause: 'Pause',
    resume: 'Resume',
    held: (count: number) => (count === 1 ? '1 new event' : `${n(count)} new events`),
    part: (number: number) => `${n(number)}`,
  },
  plan: {
    ask: 'Ask for plans',
    none: 'There is no plan: it was not asked for, this router shows none, or the operation is a subscription.',
    noFetch: 'No subgraph was asked for anything.',
    trace: 'Trace',
    noTrace: 'Traces are off.',
    kinds: { Sequence: 'In sequence', Parallel: 'In parallel', Defer: 'First part' },
    deferred: (label: string) => `Deferred: ${label}`,
    unnamed: 'without a label',
    at: (path: string) => `at ${path}`,
    notSent: 'not sent, or not over',
    from: (start: string) => `from ${start}`,
  },
  panels: {
    label: 'Tools',
    close: 'Close',
    build: 'Build',
    docs: 'Schema',
    collections: 'Collections',
    history: 'History',
    environment: 'Environment',
  },
  build: {
    noSchema: 'Without the schema there is nothing to choose from.',
    broken: 'The operation cannot be read. Correct it in the editor, or open a new tab.',
    query: 'Queries',
    mutation: 'Mutations',
    subscription: 'Subscriptions',
    arguments: (field: string) => `Arguments of ${field}`,
    newTab: 'A field of another kind opens in a new tab.',
  },
  docs: {
    search: 'Search types and fields',
    download: 'Download SDL',
    reload: 'Reload the schema',
    back: 'Back',
    roots: 'Where operations begin',
    types: 'All types',
    fields: 'Fields',
    values: 'Values',
    possible: 'Types',
    arguments: 'Arguments',
    deprecated: (reason: string) => `Deprecated: ${reason}`,
    nothing: 'Nothing has this name.',
    loading: 'The schema is loading.',
    failed: 'The schema could not be loaded.',
  },
  collections: {
    cases: 'Acceptance cases, from left to right',
    name: 'Name',
    collection: 'Collection',
    mine: 'Mine',
    save: 'Save this operation',
    remove: (name: string) => `Delete ${name}`,
  },
  history: {
    empty: 'What you run is listed here, without headers.',
    clear: 'Clear',
    failed: 'with errors',
  },
  environment: {
    about:
      'A name in double braces, such as {{TOKEN}}, is replaced by its value in variables and headers. Values stay in this browser.',
    name: 'Name',
    value: 'Value',
    add: 'Add',
    remove: (name: string) => `Delete ${name}`,
    unknown: (name: string) => `There is no ${name} in the environment: add it there, or replace it.`,
    notLearned: (name: string): string =>
      name === 'LATEST_FLIGHT'
        ? 'There is no LATEST_FLIGHT yet: register a flight on this page first, or add an id of that name to the environment.'
        : 'There is no LATEST_RESERVATION yet: place a reservation on this page first, or add an id of that name to the environment.',
  },
};

/** What every dictionary has. */
export type Texts = typeof en;
