import fc from 'fast-check';

/** A response, as bytes of latin1, and what it says. */
export interface Written {
  readonly text: string;
  readonly status: number;
  readonly body: string;
  /** Whether only the end of the connection ends it. */
  readonly isOpen: boolean;
}

const NO_BODY: readonly number[] = [204, 304];

const bodies = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constant('{"data":{"a":"é"}}'),
  fc.constant('\r\n\r\n0\r\n'),
);
const asLatin1 = (text: string): string => Buffer.from(text).toString('latin1');

const chunk = (data: string, extension: string): string =>
  `${data.length.toString(16)}${extension}\r\n${data}\r\n`;

/** Well-formed responses of HTTP/1.1, in each way in which one may end. */
export const responses: fc.Arbitrary<Written> = fc
  .record({
    interim: fc.constantFrom(
      '',
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n',
    ),
    status: fc.constantFrom(200, 204, 304, 400, 500),
    reason: fc.constantFrom(' ', ' OK', ' Not Found'),
    lines: fc.array(
      fc.constantFrom('x: 1', 'X-Empty:', 'content-type: application/json', 'Keep-Alive: timeout=9'),
      {
        maxLength: 3,
      },
    ),
    framing: fc.constantFrom('length', 'chunks', 'end'),
    pieces: fc.array(bodies, { maxLength: 4 }),
    extension: fc.constantFrom('', ';a=b', ';c'),
    trailers: fc.constantFrom('', 'x-sum: 1\r\n'),
    isUpper: fc.boolean(),
  })
  .map(({ interim, status, reason, lines, framing, pieces, extension, trailers, isUpper }) => {
    const hasBody = !NO_BODY.includes(status);
    const data = hasBody ? pieces.map(asLatin1).filter((piece) => piece !== '') : [];
    const whole = data.join('');
    const written = {
      length: { line: `Content-Length: ${whole.length}`, body: whole },
      chunks: {
        line: 'Transfer-Encoding: chunked',
        body: hasBody ? `${data.map((piece) => chunk(piece, extension)).join('')}0\r\n${trailers}\r\n` : '',
      },
      end: { line: 'Connection: close', body: whole },
    }[framing];
    const line = isUpper ? written.line : written.line.toLowerCase();
    const head = [`HTTP/1.1 ${status}${reason}`, ...lines, line].join('\r\n');
    const text = `${interim}${head}\r\n\r\n${written.body}`;
    return { text, status, body: whole, isOpen: hasBody && framing === 'end' };
  });

/** The same with a character changed, left out, or put in between. */
export const damaged: fc.Arbitrary<Written> = fc
  .tuple(responses, fc.nat(), fc.nat(2), fc.constantFrom('\n', '\r', ' ', ':', '0', '9', ',', '\0', 'a'))
  .map(([written, place, left, character]) => {
    const at = place % written.text.length;
    const text = written.text.slice(0, at) + character + written.text.slice(at + left);
    return { ...written, text };
  });

/** Where to cut. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(fc.nat({ max: 300 }), { maxLength: 6 });

export function cutAt(text: string, places: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const sorted = [0, ...new Set(places.filter((place) => place < bytes.length)), bytes.length].toSorted(
    (a, b) => a - b,
  );
  return sorted.slice(1).map((end, nth) => bytes.subarray(sorted[nth], end));
}
