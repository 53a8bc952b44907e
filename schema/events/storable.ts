/** Whether each database can hold a text: a lone surrogate has no UTF-8, and PostgreSQL stores no U+0000. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
