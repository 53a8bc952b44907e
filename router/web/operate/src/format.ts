import { dayOf, formatDate, formatDuration, formatNumber, formatTime } from '#desk/app/format.ts';
import type { Language } from '#desk/texts/texts.ts';
import type { OperateTexts } from './texts/texts.ts';

/** An instant in the reader's time zone, with its day unless that is today. @param at RFC 3339 */
export function formatInstant(at: string, language: Language): string {
  const day = dayOf(Date.parse(at));
  const time = formatTime(at, language);
  return day === dayOf(Date.now()) ? time : `${formatDate(day, language)} ${time}`;
}

/** Operations or events a second, and the 95th percentile of how long each took. */
export function formatRate(
  perSecond: number,
  p95Ms: number | null,
  language: Language,
  { services: texts }: OperateTexts,
): string {
  const rounded = perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond);
  const p95 = p95Ms === null ? undefined : formatDuration(Math.ceil(p95Ms), language);
  return texts.perSecond(formatNumber(rounded, language), p95);
}

export const formatMemory = (bytes: number, language: Language): string =>
  `${formatNumber(Math.round(bytes / 1024 / 1024), language)} MiB`;
