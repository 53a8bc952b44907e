import { createHash } from 'node:crypto';
import { accounts } from './accounts.ts';

const STYLE = `
:root { color-scheme: light dark; --ground: #eef2f7; --surface: #fff; --line: #8493a8; --ink: #111c2d; --soft: #4a5a72; --accent: #0b5cc4; --note: #fdf0d5; --note-ink: #8a5300; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ground: #0a111d; --surface: #121c2c; --line: #5d708f; --ink: #e7eef8; --soft: #9db0ca; --accent: #74b6ff; --note: #3a2c10; --note-ink: #f3c163; --bad: #ff9a92; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 6vh auto; padding: 1.5rem; background: var(--surface); border-radius: 10px; }
h1 { margin: 0 0 1rem; font-size: 1.4rem; }
.note { padding: .6rem .8rem; background: var(--note); color: var(--note-ink); border-radius: 7px; }
ul { margin: 0; padding: 0; list-style: none; }
button, input { width: 100%; min-height: 2.75rem; margin: .3rem 0; padding: .5rem .8rem; border: 1px solid var(--line); border-radius: 7px; background: var(--surface); color: var(--ink); font: inherit; text-align: start; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button span { display: block; color: var(--soft); font-size: .875rem; }
a { color: var(--accent); }
label { display: block; margin-top: 1rem; }
.bad { color: var(--bad); }
`;

/** Whoever follows the link to sign out has asked for it; the button is for browsers without scripts. */
const SCRIPT = `document.forms[0].requestSubmit(document.querySelector('button'));`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The headers of each of these pages. A form leads to the page that is sent back to, which browsers count as its target. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(SCRIPT)}`,
    "form-action 'self' http://127.0.0.1:* http://localhost:*",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (title: string, content: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Airline</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>
`;

/** Asks who signs in. @param problem with the name that was typed */
export const signInPage = (problem?: string) =>
  page(
    'Sign in',
    `<p class="note">This is for trying the system on this machine. There are no passwords: choose who you are.</p>
      <form method="post">
        <ul>${accounts
          .map(
            ({ name, role, may }) =>
              `<li><button name="account" value="${name}">${name}<span>${role}: ${may}</span></button></li>`,
          )
          .join('')}</ul>
      </form>
      <form method="post">
        <label for="account">Another customer</label>
        <input id="account" name="account" autocomplete="off" autocapitalize="none" maxlength="40" required${problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"'}>
        ${problem === undefined ? '' : `<p id="problem" class="bad" role="alert">${escaped(problem)}</p>`}
        <button>Sign in as this customer</button>
      </form>
      <form method="post"><button name="cancel" value="yes">Cancel</button></form>`,
  );

/** @param form without a button, as the provider makes it */
export const signOutPage = (form: string) =>
  page(
    'Sign out',
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button><script>${SCRIPT}</script>`,
  );

export const errorPage = (message: string) =>
  page(
    'Signing in did not work',
    `<p role="alert">${escaped(message)}</p><p>Go back to the page that you came from, and sign in again.</p>`,
  );
