import { createRequest, stringifyDocument } from '@urql/core';

/** A text of the dashboard page as it is sent: subscriptions as they are, the rest as urql writes it. */
export function sentText(text: string): string {
  return /^\s*subscription\b/.test(text) ? text : stringifyDocument(createRequest(text, {}).query);
}
