import { hash } from 'node:crypto';

/** The hash that documents are kept by: SHA-256 in lower-case hexadecimals. */
export const hashOf = (text: string): string => hash('sha256', text, 'hex');

export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
