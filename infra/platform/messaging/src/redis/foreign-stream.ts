/** The stream holds what the outbox does not: another database wrote it. Nothing is published until an operator has settled that. */
export class ForeignStreamError extends Error {
  override name = 'ForeignStreamError';
  constructor(stream: string, difference: string) {
    super(
      `The stream "${stream}" ${difference}: they are not of one system. ` +
        'Restore the database that belongs to it, or delete all airline:* streams and restart.',
    );
  }
}
