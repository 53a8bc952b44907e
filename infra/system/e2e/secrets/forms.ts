const SHORTEST = 12;

/** Forms in which a text may stand in a log: as it is, escaped in JSON or a URL, in hexadecimals, or within what is base64. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const within = [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters depend on what stands before and after.
    const own = encoded.slice(Math.ceil((before * 4) / 3), -1);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const escaped = JSON.stringify(secret).slice(1, -1);
  const inUrl = encodeURIComponent(secret);
  return [
    ...new Set([
      secret,
      escaped,
      JSON.stringify(escaped).slice(1, -1),
      inUrl,
      encodeURI(secret),
      bytes.toString('hex'),
      ...within,
    ]),
  ];
}

/** The secrets that a text holds in any form, by name; and for a long one, each half of it, which a cut text would hold. */
export function secretsIn(text: string, secrets: Readonly<Record<string, string>>): string[] {
  const lower = text.toLowerCase();
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const half = Math.floor(secret.length / 2);
    const parts = half < SHORTEST ? [secret] : [secret.slice(0, half), secret.slice(half)];
    return parts.flatMap(formsOf).some((form) => lower.includes(form.toLowerCase())) ? [name] : [];
  });
}
