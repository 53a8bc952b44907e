/** What the person at the page should know beside an operation's own answer. */
export type Notice = keyof typeof notices;

/** Says whether a notice holds at present. */
export type Tell = (notice: Notice, holds: boolean) => void;

export const notices = {
  introspectionOff:
    'Introspection is switched off at this router: there is no documentation, and what you type is neither completed nor checked. Operations run all the same. To switch it on, start the router with INTROSPECTION=true.',
  schemaRefused:
    'The router does not show its schema; the Documentation pane has its answer. If that is about your token, correct it in the Headers pane and press "Re-fetch GraphQL schema".',
  unreachable:
    'The router does not answer. When it is back, run your operation again, or press "Re-fetch GraphQL schema".',
  interrupted:
    'The subscription is interrupted. It goes on by itself, without a gap, when the router is back.',
} as const;
