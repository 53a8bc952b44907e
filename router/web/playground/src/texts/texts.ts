import { createContext, use } from 'react';
import { en } from './en.ts';
import { ko } from './ko.ts';

/** What every dictionary has. */
export type Texts = typeof en;
export type Language = 'en' | 'ko';

export const dictionaries: Readonly<Record<Language, Texts>> = { en, ko };

export const TextsContext = createContext<Texts>(en);

export const useTexts = (): Texts => use(TextsContext);
