import { issuerAt } from './issuer.ts';
import { fixedSession, type Session, startSession } from './session.ts';
import { loadSettings, type Settings } from './settings.ts';
import type { Message } from './surroundings.ts';
import { kept } from './tokens.ts';

const NAME = 'airline-sign-in';
/** Where the issuer sends the browser back to; the router serves this package's page there. */
export const redirectUri = () => new URL('/sign-in', location.href).href;

/** What tabs of this origin, and no others, say to each other. */
export const tabs = {
  channel: new BroadcastChannel(NAME),
  send: (message: Message) => tabs.channel.postMessage(message),
  follow: (listener: (message: Message) => void) => {
    tabs.channel.onmessage = ({ data }: MessageEvent<Message>) => listener(data);
  },
};

/** The session of this page. @param leaving called before the page is left to sign in */
export async function openSession(leaving: () => void = () => {}): Promise<Session> {
  const settings: Settings = await loadSettings();
  if (settings.open) return fixedSession({ state: 'open' });
  if (settings.issuer === null) return fixedSession({ state: 'anonymous', canSignIn: false });
  // A page that the browser had put aside would show what it showed, whoever has signed out meanwhile.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  return await startSession({
    issuer: issuerAt(settings.issuer, settings, redirectUri()),
    kept,
    tabs,
    inTurn: (run) => navigator.locks.request(NAME, run),
    now: Date.now,
    later: (run, ms) => void setTimeout(run, ms),
    page: {
      place: () => location.pathname + location.search + location.hash,
      leaveFor: (url) => location.assign(url),
      reload: () => location.reload(),
    },
    leaving,
  });
}
