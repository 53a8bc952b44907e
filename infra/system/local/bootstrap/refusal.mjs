// @ts-check

/** A failure whose message tells a person all there is to know: it is printed without a stack trace. */
export class Refusal extends Error {}
