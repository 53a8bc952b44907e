import { createContext, use } from 'react';
import type { Problem } from '../data/problem.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

/** What every dictionary has. */
export type Texts = typeof en;
export type Language = 'en' | 'ko';

export const dictionaries: Readonly<Record<Language, Texts>> = { en, ko };

/** Of the languages that a reader prefers, in order, the first that there is; English when there is none. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'ko' || language === 'en') return language;
  }
  return 'en';
}

export interface Speech {
  readonly language: Language;
  readonly texts: Texts;
}

export const SpeechContext = createContext<Speech>({ language: 'en', texts: en });

export const useSpeech = (): Speech => use(SpeechContext);
export const useTexts = (): Texts => useSpeech().texts;
export const useLanguage = (): Language => useSpeech().language;

/** A problem in the reader's language; the server's message where the dictionary has no text for its code. */
export function wordsFor({ code, message }: Problem, { problem }: Texts): string {
  const texts: Readonly<Record<string, string>> = problem;
  return texts[code] ?? message;
}
