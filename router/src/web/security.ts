interface Sources {
  readonly styles: string;
  readonly fonts: string;
}

/** What a page may do (https://www.w3.org/TR/CSP3/): load and call this origin only. WebSockets to it are `'self'`, too. */
function pagePolicy({ styles, fonts }: Sources): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    `font-src ${fonts}`,
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The content-security-policy header by what is served. */
export const policies = {
  dashboard: pagePolicy({ styles: "'self'", fonts: "'self'" }),
  // Monaco, the playground's editor, writes its themes and what it measures into style elements; the style sheet of
  // GraphiQL holds its fonts.
  playground: pagePolicy({ styles: "'self' 'unsafe-inline'", fonts: "'self' data:" }),
  // A worker obeys the policy of its own script, not that of the page which starts it.
  file: "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
};

/** Taken as the type it says, embedded nowhere else, and telling no other site where a link was followed. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
