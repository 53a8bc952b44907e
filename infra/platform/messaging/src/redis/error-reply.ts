import { ErrorReply } from 'redis';

/**
 * Whether a server says that it is not, or no longer, the one to ask. ASK, for a slot that is being moved to another node,
 * is not among them: until the slot has arrived this is the node that is named, and a retry finds it.
 */
export const isMisdirected = (error: unknown): boolean =>
  error instanceof ErrorReply &&
  /^(READONLY|MOVED|CLUSTERDOWN|MASTERDOWN|UNBLOCKED force)/.test(error.message);

/** Whether Redis says that there is no such group, or no such stream. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ErrorReply &&
  /^(NOGROUP|UNBLOCKED the stream|ERR no such key|ERR The XGROUP subcommand)/.test(error.message);
