import { createContext, use } from 'react';
import { en, type Texts } from './en.ts';
import { ko } from './ko.ts';

export type { Texts };
export type Language = 'en' | 'ko';

export const dictionaries: Readonly<Record<Language, Texts>> = { en, ko };

export const TextsContext = createContext<Texts>(en);

export const useTexts = (): Texts => use(TextsContext);
