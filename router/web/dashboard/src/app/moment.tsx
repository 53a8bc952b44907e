import { useLanguage } from '../texts/texts.ts';
import { useServices, useValue } from './context.ts';
import { formatFullMoment, formatMoment } from './format.ts';

/** RFC 3339, or milliseconds since 1970. */
type Instant = string | number;

const millisecondsOf = (instant: Instant) => (typeof instant === 'number' ? instant : Date.parse(instant));

interface MomentProps {
  readonly instant: Instant;
  readonly hasSeconds?: boolean;
}

/** How instants are said on the reader's clock: the day by a word where there is one. */
export function useMoment(): (instant: Instant, hasSeconds?: boolean) => string {
  const language = useLanguage();
  const today = useValue(useServices().today);
  return (instant, hasSeconds = false) =>
    formatMoment(millisecondsOf(instant), language, { today, hasSeconds });
}

/** An instant on the reader's clock, and the whole of it with the zone on pointing at it. */
export function Moment({ instant, hasSeconds = false }: MomentProps) {
  const at = millisecondsOf(instant);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatFullMoment(at, useLanguage())}>
      {useMoment()(at, hasSeconds)}
    </time>
  );
}
