import type { Language } from '../texts/texts.ts';

/** Makes each format once: that costs far more than to use it. */
function cached<Options, Format>(make: (language: string, options: Options) => Format) {
  const formats = new Map<string, Format>();
  return (language: string, options: Options): Format => {
    const key = `${language} ${JSON.stringify(options)}`;
    const format = formats.get(key) ?? make(language, options);
    formats.set(key, format);
    return format;
  };
}

const numbers = cached(
  (language: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);
const dates = cached(
  (language: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
);
const relativeDays = cached(
  (language: string, options: Intl.RelativeTimeFormatOptions) =>
    new Intl.RelativeTimeFormat(language, options),
);

export const formatNumber = (value: number, language: Language): string =>
  numbers(language, {}).format(value);

/** How many digits a currency has behind the point: none for won, two for euros. @param currency as ISO 4217 has it */
export const minorDigits = (currency: string): number =>
  numbers('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;

/** @param value in the smallest unit of the currency @param currency as ISO 4217 has it */
export const formatMoney = (value: number, language: Language, currency: string): string =>
  numbers(language, { style: 'currency', currency }).format(value / 10 ** minorDigits(currency));

export const formatPercent = (share: number, language: Language): string =>
  numbers(language, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.01 ? 1 : 0 }).format(
    share,
  );

/** A `YYYY-MM-DD` of the calendar, wherever the reader is. */
export function formatDate(date: string, language: Language): string {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant)) return date;
  return dates(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(instant);
}

/** The same with its day of the week: of something that people plan for. */
export function formatDay(date: string, language: Language): string {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant)) return date;
  return dates(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'UTC',
  }).format(instant);
}

/** The time of day of an instant, in the reader's time zone. @param instant RFC 3339, or milliseconds since 1970 */
export const formatTime = (instant: string | number, language: Language): string =>
  dates(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(
    typeof instant === 'number' ? instant : Date.parse(instant),
  );

/** Milliseconds up to ten seconds, then seconds, then minutes. */
export function formatDuration(ms: number, language: Language): string {
  const unit = (value: number, name: 'millisecond' | 'second' | 'minute', digits = 0) =>
    numbers(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  if (ms < 10_000) return unit(ms, 'millisecond');
  if (ms < 120_000) return unit(ms / 1000, 'second', 1);
  return unit(ms / 60_000, 'minute', 0);
}

/** The day of an instant, `YYYY-MM-DD`. @param timeZone default: the reader's */
export const dayOf = (instant: number, timeZone?: string): string =>
  // Swedish writes dates like this.
  dates('sv', { ...(timeZone !== undefined && { timeZone }) }).format(instant);

interface MomentOptions {
  /** `YYYY-MM-DD` where the reader is. */
  readonly today: string;
  readonly hasSeconds?: boolean;
  /** Default: the reader's. */
  readonly timeZone?: string | undefined;
}

const DAY_MS = 86_400_000;

/**
 * An instant as people say it: `today 14:03`, `yesterday 09:00`, else with its date, and with its year in another one.
 * @param instant in milliseconds since 1970
 */
export function formatMoment(
  instant: number,
  language: Language,
  { today, hasSeconds = false, timeZone }: MomentOptions,
): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = dates(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(hasSeconds && { second: '2-digit' }),
    hourCycle: 'h23',
    ...zone,
  }).format(instant);
  const day = dayOf(instant, timeZone);
  const daysAgo = (Date.parse(today) - Date.parse(day)) / DAY_MS;
  if (daysAgo === 0 || daysAgo === 1) {
    const word = relativeDays(language, { numeric: 'auto' }).format(-daysAgo, 'day');
    return `${word} ${time}`;
  }
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  const date = dates(language, {
    ...(!isThisYear && { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    ...zone,
  }).format(instant);
  return `${date} ${time}`;
}

/** The same with everything: the day of the week, the second and the zone. */
export const formatFullMoment = (instant: number, language: Language, timeZone?: string): string =>
  dates(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  }).format(instant);

/** The reader's zone by its place and its offset: `Asia/Seoul (GMT+9)`. */
export function zoneOf(instant: number, timeZone?: string): string {
  const format = dates('en', { timeZoneName: 'shortOffset', ...(timeZone !== undefined && { timeZone }) });
  const offset = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${format.resolvedOptions().timeZone} (${offset})`;
}
