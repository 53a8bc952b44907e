import { createContext, use } from 'react';
import type { Language } from '../../../language.ts';
import type { Problem } from '../data/problem.ts';
import { en, type Texts } from './en.ts';
import { ko } from './ko.ts';

export type { Language, Texts };

export const dictionaries: Readonly<Record<Language, Texts>> = { en, ko };

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
