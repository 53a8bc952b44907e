/** What the pages and the commands of this machine are to the issuer for trying. */
export const CLIENT_ID = 'airline';

/** What its tokens are for: the graph. A resource indicator is a URI (RFC 8707, section 2). */
export const AUDIENCE = 'urn:airline:graph';
