import { useState } from 'react';
import { type Language, languageOf } from '../texts/texts.ts';
import { LANGUAGE as IN_ADDRESS, useQuery } from './address.ts';

const LANGUAGE = 'airline-language';

/** Where Mantine keeps the choice of colors. */
export const COLOR_SCHEME = 'airline-color-scheme';

/** The language that the address has; without one, what the reader chose last, or else what the browser prefers. */
export function useAddressedLanguage(): [Language, (next: Language) => void] {
  const [query, change] = useQuery();
  const [kept, keep] = useState(keptLanguage);
  const addressed = query.get(IN_ADDRESS);
  return [
    addressed === null ? kept : languageOf([addressed]),
    (next) => {
      keep(next);
      keepLanguage(next);
      change({ [IN_ADDRESS]: next });
    },
  ];
}

function keptLanguage(): Language {
  const kept = read(LANGUAGE);
  return languageOf(kept === null ? navigator.languages : [kept]);
}

function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(LANGUAGE, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
