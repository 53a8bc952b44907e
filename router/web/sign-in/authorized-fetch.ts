import type { Session } from './session.ts';

/** `fetch` on behalf of whoever has signed in. A token that is refused is renewed once, and the request repeated. */
export function authorizedFetch({
  authorization,
  renew,
}: Pick<Session, 'authorization' | 'renew'>): typeof fetch {
  return async (input, init) => {
    const send = async () => {
      const headers = new Headers(init?.headers);
      const value = await authorization();
      // What someone has written themselves goes before.
      const isOwn = headers.has('authorization');
      if (value !== undefined && !isOwn) headers.set('authorization', value);
      return { response: await fetch(input, { ...init, headers }), canRenew: value !== undefined && !isOwn };
    };
    const { response, canRenew } = await send();
    // The router has refused it before it did anything.
    if (response.status !== 401 || !canRenew || !(await renew())) return response;
    return (await send()).response;
  };
}
