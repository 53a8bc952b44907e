import { useLanguage } from '../texts/texts.ts';
import { useServices, useValue } from './context.ts';
import { formatFullMoment, formatMoment } from './format.ts';

interface MomentProps {
  /** RFC 3339, or milliseconds since 1970. */
  readonly instant: string | number;
  readonly hasSeconds?: boolean;
}

/** An instant on the reader's clock: its day by a word where there is one, the whole of it with the zone on pointing at it. */
export function Moment({ instant, hasSeconds = false }: MomentProps) {
  const language = useLanguage();
  const today = useValue(useServices().today);
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatFullMoment(at, language)}>
      {formatMoment(at, language, { today, hasSeconds })}
    </time>
  );
}
