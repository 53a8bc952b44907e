/**
 * What a page may do (https://www.w3.org/TR/CSP3/): load this origin only, and call it and the issuer at which people sign
 * in. WebSockets to it are `'self'`, too.
 */
function pagePolicy(styles: string, issuer: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...(issuer === undefined ? [] : [new URL(issuer).origin])].join(' ')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The content-security-policy header by what is served. @param issuer the URL of one at which people sign in */
export const policiesFor = (issuer: string | undefined) => ({
  page: pagePolicy("'self'", issuer),
  // Monaco, the playground's editor, writes its themes and what it measures into style elements.
  playground: pagePolicy("'self' 'unsafe-inline'", issuer),
  // A worker obeys the policy of its own script, not that of the page which starts it.
  file: "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
});

/** Taken as the type it says, without devices of its visitor, embedded nowhere else, and telling no other site where a link was followed. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
