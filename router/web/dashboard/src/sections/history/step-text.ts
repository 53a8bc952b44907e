import { formatMoney } from '../../app/format.ts';
import type { StepFacts } from '../../data/timeline.ts';
import type { Language, Texts } from '../../texts/texts.ts';

/** What a step says beside what happened, in the reader's language; empty for nothing. */
export function detailOf(
  { seatQty, amount, currency, reason }: StepFacts,
  texts: Texts,
  language: Language,
): string {
  const reasons: Readonly<Record<string, string>> = texts.reason;
  return [
    seatQty != null && texts.bookings.seatCount(seatQty),
    amount != null && currency != null && formatMoney(amount, language, currency),
    reason != null && (reasons[reason] ?? reason),
  ]
    .filter((part) => part !== false)
    .join(' · ');
}
