import { parseRedisUrl, REDIS_URL_FORMS } from '@airline/messaging/redis-url';
import { logLevels } from '@airline/observability';
import { z } from 'zod';
import type { Secrecy } from './secret.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * One kind of variable: `parse` returns undefined for an invalid value. `secret` says what of it is (secret.ts), and keeps the
 * value out of the message.
 */
function kind<T>(expected: string, parse: (text: string) => T | undefined, secret?: Secrecy) {
  return z
    .string({ error: `is not set; expected ${expected}` })
    .transform((text, context) => {
      const value = parse(text.trim());
      if (value !== undefined) return value;
      const found = secret ? 'is invalid' : `is ${JSON.stringify(text)}`;
      context.addIssue({ code: 'custom', message: `${found}; expected ${expected}` });
      return z.NEVER;
    })
    .meta({ expected, secret });
}

function wholeNumber(text: string, from: number, to: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= from && value <= to ? value : undefined;
}

/** A list, separated by commas, of what is valid; or `*` alone. */
function list(expected: string, isValid: (entry: string) => boolean) {
  return kind(expected, (text) => {
    const entries = text.split(',').map((entry) => entry.trim().toLowerCase());
    return text === '*' || entries.every(isValid) ? entries : undefined;
  });
}

const isHost = (text: string): boolean =>
  /^[\w.:[\]-]+$/.test(text) &&
  URL.canParse(`http://${text}`) &&
  ['http', 'https'].some((scheme) => new URL(`${scheme}://${text}`).host === text);

const isOrigin = (text: string): boolean =>
  /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

function isRedisUrl(text: string): boolean {
  try {
    return Boolean(parseRedisUrl(text));
  } catch {
    return false;
  }
}

/** Longer timers overflow and fire at once (https://nodejs.org/api/timers.html). */
const longestTimer = 2 ** 31 - 1;

const booleans: Record<string, boolean> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
};

/** Zod schemas for the kinds of environment variables, from text; add `.default(…)` or `.optional()`. */
export const envVar = {
  /** A TCP port, 0–65535; 0 lets the system pick a free one. */
  port: kind('a port, 0 to 65535 (0 picks a free one)', (text) => wholeNumber(text, 0, 65_535)),
  /** A duration in whole milliseconds, 0 to 2147483647. */
  milliseconds: kind('a whole number of milliseconds, such as 15000', (text) =>
    wholeNumber(text, 0, longestTimer),
  ),
  /** A whole number from `from` to `to`, both included. */
  integer: (from: number, to: number) =>
    kind(`a whole number from ${from} to ${to}`, (text) => wholeNumber(text, from, to)),
  boolean: kind('true or false', (text) => booleans[text.toLowerCase()]),
  /** A rate from 0 (never) to 1 (always). */
  rate: kind('a number from 0 to 1, such as 0.05', (text) => {
    const value = Number(text);
    return /^\d*\.?\d+$/.test(text) && value <= 1 ? value : undefined;
  }),
  oneOf: <Name extends string>(...names: [Name, ...Name[]]) =>
    kind(`one of ${names.join(', ')}`, (text) => names.find((name) => name === text)),
  text: kind('a text', (text) => text),
  /** A secret that another system has given, such as the key of its API. */
  token: kind('a secret text', (text) => text, 'text'),
  /** A secret that signs. */
  secret: kind('at least 32 characters', (text) => (text.length < 32 ? undefined : text), 'text'),
  /** Host names or addresses, each with a port or without; `*` alone for any. */
  hosts: list('hosts such as www.example.com or localhost:8088, separated by commas, or *', isHost),
  /** Web origins (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin); `*` alone for any. */
  origins: list('origins such as https://www.example.com, separated by commas, or *', isOrigin),
  /** A URL of one of the schemes (without their colon). Messages never show it, as it may hold a password. */
  url: (...schemes: [string, ...string[]]) =>
    kind(
      `a URL such as ${schemes.map((scheme) => `${scheme}://host:port`).join(' or ')}`,
      (text) =>
        URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)) ? text : undefined,
      'url',
    ),
  /** A URL with each of the placeholders, such as `http://{name}:{port}/graphql`. */
  urlTemplate: (...placeholders: string[]) =>
    kind(`a URL with ${placeholders.join(' and ')}`, (text) => {
      const filled = placeholders.reduce((url, placeholder) => url.replace(placeholder, '1'), text);
      return placeholders.every((each) => text.includes(each)) &&
        /^https?:/.test(text) &&
        URL.canParse(filled)
        ? text
        : undefined;
    }),
  /** The URL of a Redis server, Sentinels or a Cluster. Messages never show it, as it may hold a password. */
  redisUrl: kind(REDIS_URL_FORMS, (text) => (isRedisUrl(text) ? text : undefined), 'url'),
  logLevel: kind(`one of ${logLevels.join(', ')}`, (text) =>
    logLevels.find((level) => level === text.toLowerCase()),
  ),
};
