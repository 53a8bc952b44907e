import { type Language, useLanguage } from '#desk/texts/texts.ts';
import { en, type OperateTexts } from './en.ts';
import { ko } from './ko.ts';

const dictionaries: Readonly<Record<Language, OperateTexts>> = { en, ko };

/** What this page says beside what all pages do. */
export const useOperateTexts = (): OperateTexts => dictionaries[useLanguage()];
export type { OperateTexts };
