import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Logger } from '@airline/observability';
import { otherPorts } from '@airline/schema/events';
import { type Env, envVar, listenError, parseEnvs, portOf } from '@airline/service/server';
import { errors, Provider } from 'oidc-provider';
import { z } from 'zod';
import { accountOf, NAME_RULE } from './accounts.ts';
import { AUDIENCE, CLIENT_ID } from './client.ts';
import { configurationFor } from './configuration.ts';
import { errorPage, pageHeaders, signInPage } from './pages.ts';

/** Its tokens are worth nothing elsewhere, and nobody elsewhere may ask for them. */
const HOST = '127.0.0.1';
/** A form of names. */
const MOST_BYTES = 1_000;

const variables = z.object({
  ISSUER_PORT: envVar.port.default(otherPorts.issuer),
  ISSUER_TOKEN_SECONDS: envVar.integer(1, 86_400).default(900),
});

/** An OpenID provider for trying, on this machine alone. */
export interface Issuer extends AsyncDisposable {
  readonly url: string;
  /** The variables by which the router takes its tokens. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts one with keys of its own: tokens of an earlier one are worth nothing.
 * @throws StartError when its port is in use
 */
export async function startIssuer(env: Env, logger: Logger): Promise<Issuer> {
  const [{ ISSUER_PORT: port, ISSUER_TOKEN_SECONDS: tokenSeconds }] = parseEnvs('issuer', [variables], env);
  const server = createServer();
  try {
    await once(server.listen({ host: HOST, port }), 'listening');
  } catch (error) {
    throw listenError(error, { name: 'issuer', host: HOST, port, portVariable: 'ISSUER_PORT' });
  }
  const url = `http://${HOST}:${portOf(server)}`;
  const provider: Provider = new Provider(url, configurationFor({ tokenSeconds, provider: () => provider }));
  provider.on('server_error', (_context, error) =>
    logger.error({ err: error }, 'unexpected error at the issuer'),
  );
  server.on('request', createListener(provider, new URL(url).host, logger));
  return {
    url,
    environment: {
      JWT_ISSUER: url,
      JWT_AUDIENCE: AUDIENCE,
      OIDC_CLIENT_ID: CLIENT_ID,
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function createListener(provider: Provider, host: string, logger: Logger) {
  const serveProvider = provider.callback();
  return (request: IncomingMessage, response: ServerResponse): void => {
    // A name that somebody else has pointed to this machine (DNS rebinding).
    if (request.headers.host !== host) writePage(response, 421, errorPage(`The issuer is at ${host} only.`));
    else if (!request.url?.startsWith('/sign-in/')) void serveProvider(request, response);
    else {
      serveSignIn(provider, request, response).catch((error: unknown) => {
        if (error instanceof errors.SessionNotFound) {
          writePage(response, 400, errorPage('This page is too old to sign in with.'));
          return;
        }
        logger.error({ err: error }, 'unexpected error at the issuer');
        writePage(response, 500, errorPage('Something went wrong at the issuer.'));
      });
    }
  };
}

async function serveSignIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return writePage(response, 200, signInPage());
  if (!(Number(request.headers['content-length']) <= MOST_BYTES)) {
    return writePage(response, 413, errorPage('The form is too large.'));
  }
  const form = new URLSearchParams(await text(request));
  if (form.has('cancel')) {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
    return;
  }
  const name = form.get('account')?.trim() ?? '';
  if (!accountOf(name)) {
    return writePage(response, 422, signInPage(NAME_RULE));
  }
  await provider.interactionFinished(request, response, { login: { accountId: name } });
}

function writePage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, pageHeaders).end(html);
}
