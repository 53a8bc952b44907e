/**
 * The JSON of each part of a multipart/mixed response, as it comes.
 * @param contentType that names the boundary (RFC 2046, section 5.1.1)
 */
export async function* partsOf(
  body: ReadableStream<Uint8Array>,
  contentType: string,
): AsyncGenerator<string> {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? '-';
  const delimiter = `\r\n--${boundary}`;
  // The first delimiter has no line before it.
  let text = '\r\n';
  const decoder = new TextDecoder();
  for await (const chunk of chunksOf(body)) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split(delimiter);
    text = parts.pop() ?? '';
    for (const part of parts) {
      const start = part.indexOf('\r\n\r\n');
      if (start >= 0) yield part.slice(start + 4);
    }
  }
}

/** Not every browser can iterate a stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
