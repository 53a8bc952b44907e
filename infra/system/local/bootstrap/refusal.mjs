// @ts-check

/** An error with a complete message for the user, printed without a stack trace. */
export class Refusal extends Error {}
