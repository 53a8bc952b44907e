export type Language = 'en' | 'ko';

const KEPT = 'airline-language';

/** In the query of an address: `ko` or `en`. */
export const LANGUAGE_PARAMETER = 'lang';

/** Of the languages that a reader prefers, in order, the first that there is; English when there is none. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'ko' || language === 'en') return language;
  }
  return 'en';
}

/** What the reader chose last, on any of the pages, or else what the browser prefers. */
export function keptLanguage(): Language {
  const kept = read();
  return languageOf(kept === null ? navigator.languages : [kept]);
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
