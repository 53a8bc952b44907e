import type { LookupAddress } from 'node:dns';
import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';

/**
 * Resolves a host's name with what it resolved to the time before, and asks again meanwhile: a lost query of DNS costs five
 * seconds, and the address of a Service hardly ever changes. Where it has, connecting fails once, and the next attempt has the
 * new one.
 */
export function rememberingLookup(ask: typeof resolve = resolve): LookupFunction {
  const known = new Map<string, readonly LookupAddress[]>();
  return (hostname, options, callback) => {
    const remembered = known.get(hostname);
    const respond = (addresses: readonly LookupAddress[]) => {
      const [first] = addresses;
      if (options.all) callback(null, [...addresses]);
      else callback(null, first?.address ?? '', first?.family);
    };
    ask(hostname, { ...options, all: true }, (error, addresses) => {
      if (!error) known.set(hostname, addresses);
      if (remembered) return;
      if (error) callback(error, '');
      else respond(addresses);
    });
    if (remembered) process.nextTick(respond, remembered);
  };
}
