import { pick, tryParseJSONC, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useState } from 'react';
import { fill } from '../data/environment.ts';
import { curlOf, linkTo } from '../data/links.ts';
import type { Workspace } from '../data/workspace.ts';
import { useTexts } from '../texts/texts.ts';
import { wordsForUnknown } from '../texts/unknown-name.ts';
import { useOpen } from '../use-open.ts';

/** What is done with an operation beside running it. */
export function Actions({ workspace }: { readonly workspace: Workspace }) {
  const all = useTexts();
  const { editor: texts } = all;
  const { prettifyEditors } = useGraphiQLActions();
  const { operations = [], operationName } = useGraphiQL(pick('operations', 'operationName'));
  const { current } = useOpen();
  const [outcome, setOutcome] = useState('');

  async function copy(text: () => string): Promise<void> {
    let copied: string;
    try {
      copied = text();
    } catch (error) {
      setOutcome(error instanceof SyntaxError ? texts.notJson : wordsForUnknown(error, all));
      return;
    }
    try {
      await navigator.clipboard.writeText(copied);
      setOutcome(texts.copied);
    } catch {
      setOutcome(texts.notCopied);
    }
  }

  function curl(): string {
    const { query, variables, headers } = current();
    const { graphUrl, session, library } = workspace;
    const names = library.environment.get();
    const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    return curlOf(graphUrl, {
      query,
      variables: fill<unknown>(parsed(variables), names),
      // Headers are an object of texts, or the router refuses them.
      headers: fill(parsed(headers) ?? {}, names) as Readonly<Record<string, string>>,
      operationName: chosen?.name?.value,
      isSubscription: chosen?.operation === 'subscription',
      hasSession: session.standing.get().state === 'signed-in',
    });
  }

  return (
    <>
      <button type="button" onClick={() => void prettifyEditors()}>
        {texts.format}
      </button>
      <button type="button" onClick={() => void copy(() => linkTo(new URL(location.href), current()))}>
        {texts.copyLink}
      </button>
      <button type="button" onClick={() => void copy(curl)}>
        {texts.copyCurl}
      </button>
      <span role="status">{outcome}</span>
    </>
  );
}

/** @throws SyntaxError */
function parsed(json: string): Record<string, unknown> | undefined {
  try {
    return tryParseJSONC(json);
  } catch (error) {
    throw new SyntaxError(String(error));
  }
}
