/** What the page shows beside an operation's own result. */
export type Notice = keyof typeof notices;

/** Says whether a notice holds at present. */
export type Notify = (notice: Notice, holds: boolean) => void;

export const notices = {
  introspectionOff:
    'Introspection is off at this router, so the editor has no documentation, completion or validation. Operations still run. To turn it on, start the router with INTROSPECTION=true.',
  signedOut:
    'Nobody has signed in: the editor has no documentation, completion or validation, and only operations on what is public run. Sign in, or write a token into the Headers pane.',
  schemaRefused:
    'The router refused the query for its schema; the Documentation pane has the response. If a token in the Headers pane is the cause, correct it and press "Re-fetch GraphQL schema".',
  unreachable:
    'The router does not respond. When it is available again, run the operation again or press "Re-fetch GraphQL schema".',
  interrupted:
    'The subscription is interrupted. It resumes without a gap when the router is available again.',
} as const;
