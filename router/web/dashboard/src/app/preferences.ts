import { type Language, languageOf } from '../texts/texts.ts';

const LANGUAGE = 'airline-language';

/** Where Mantine keeps the choice of colors. */
export const COLOR_SCHEME = 'airline-color-scheme';

/** What the reader chose last; else what the browser prefers. */
export function keptLanguage(): Language {
  const kept = read(LANGUAGE);
  return languageOf(kept === null ? navigator.languages : [kept]);
}

export function keepLanguage(language: Language): void {
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
