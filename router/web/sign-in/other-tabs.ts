import type { Held } from './standing.ts';
import type { Message, Surroundings } from './surroundings.ts';
import type { Tokens } from './tokens.ts';

/** How long another tab may take to say that it has newer tokens. */
const ASK_MS = 150;

/** Has this tab hold what the others do, and them what it does. */
export function joinTabs({ kept, tabs, later, page }: Surroundings, held: Held) {
  let isStarting = true;
  let told = () => {};

  function receive(message: Message): void {
    if (message.type === 'ask') {
      const tokens = held.valid();
      if (tokens) tabs.send({ type: 'tokens', tokens });
    } else if (message.type === 'tokens') receiveTokens(message.tokens);
    else if (held.tokens()) {
      held.forget();
      // All that was shown to them goes with the page.
      page.reload();
    }
  }

  function receiveTokens(tokens: Tokens): void {
    const own = held.tokens();
    const isNewer = own === undefined || tokens.issuedAt > own.issuedAt;
    const isSame = own === undefined ? isStarting : own.who.subject === tokens.who.subject;
    if (isNewer && isSame) held.adopt(tokens);
    else if (isNewer) {
      kept.keepTokens(tokens);
      page.reload();
    }
    told();
  }

  /** Has the other tabs say what tokens they have. */
  function ask(): Promise<void> {
    return new Promise((resolve) => {
      told = resolve;
      later(resolve, ASK_MS);
      tabs.send({ type: 'ask' });
    });
  }

  return {
    ask,
    /** Takes what this tab had before its page was loaded, else what another one has. */
    async start(): Promise<void> {
      tabs.follow(receive);
      const own = kept.tokens();
      if (own) held.adopt(own);
      else await ask();
      isStarting = false;
    },
  };
}
