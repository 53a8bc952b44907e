export const multipartBoundary = 'graphql';

/** Each part ends with the delimiter of the next, so that a client can read it without waiting for the next. */
export const multipartPart = (json: string): string =>
  `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--${multipartBoundary}`;
