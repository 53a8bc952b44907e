import { useState } from 'react';
import {
  keepLanguage,
  keptLanguage,
  LANGUAGE_PARAMETER,
  type Language,
  languageOf,
} from '../../../language.ts';
import { useQuery } from './address.ts';

/** Where Mantine keeps the choice of colors. */
export const COLOR_SCHEME = 'airline-color-scheme';

/** The language that the address has; without one, what the reader chose last, or else what the browser prefers. */
export function useAddressedLanguage(): [Language, (next: Language) => void] {
  const [query, change] = useQuery();
  const [kept, keep] = useState(keptLanguage);
  const addressed = query.get(LANGUAGE_PARAMETER);
  return [
    addressed === null ? kept : languageOf([addressed]),
    (next) => {
      keep(next);
      keepLanguage(next);
      change({ [LANGUAGE_PARAMETER]: next });
    },
  ];
}
