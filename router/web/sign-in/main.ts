import { redirectUri, tabs } from './browser.ts';
import { isCanceled, issuerAt } from './issuer.ts';
import { loadSettings } from './settings.ts';
import { kept } from './tokens.ts';

// Where the issuer sends the browser back to, from signing in and out: it goes on to the page that it came from.

const begun = kept.takeBegun();
const place = begun?.place ?? kept.takePlace() ?? '/';
const settings = await loadSettings();
try {
  if (begun && settings.issuer !== null) {
    const issuer = issuerAt(settings.issuer, settings, redirectUri());
    const tokens = await issuer.complete(new URL(location.href), begun);
    kept.keepTokens(tokens);
    tabs.send({ type: 'tokens', tokens });
  }
  location.replace(place);
} catch (error) {
  if (isCanceled(error)) location.replace(place);
  else show(error);
}

function show(error: unknown): void {
  const isKorean = navigator.languages[0]?.startsWith('ko') ?? false;
  const paragraph = document.createElement('p');
  paragraph.role = 'alert';
  paragraph.textContent = isKorean ? '로그인하지 못했습니다. ' : 'Signing in did not work. ';
  const link = document.createElement('a');
  link.href = place;
  link.textContent = isKorean ? '돌아가기' : 'Go back';
  paragraph.append(link);
  const reason = document.createElement('p');
  reason.textContent = error instanceof Error ? error.message : String(error);
  document.getElementById('sign-in')?.append(paragraph, reason);
  // The code is of no use any more, and nothing of it stays in the address.
  history.replaceState(null, '', location.pathname);
}
