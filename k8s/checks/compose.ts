import { parse } from 'yaml';
import { namesRead, OF_LIBRARIES, READERS } from './variables.ts';

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly build?: { readonly args: { readonly SERVICE: string } };
        readonly environment: Record<string, string>;
      }
    >
  >;
}

/** What the services' own code would refuse of a compose file, variables that it does not know, and images of another service. */
export function composeFaults(text: string): string[] {
  const { services } = parse(text, { merge: true }) as Compose;
  return Object.entries(READERS).flatMap(([name, read]) => {
    const service = services[name];
    if (!service) return [`${name}: it is missing`];
    const env = Object.fromEntries(
      // Compose fills in variables of the shell; those here are empty unless somebody sets them.
      Object.entries(service.environment).map(([variable, value]) => [
        variable,
        value.replaceAll(/\$\{\w+:-\}/g, ''),
      ]),
    );
    const known = namesRead(name);
    const faults = Object.keys(env)
      .filter((variable) => !(known.has(variable) || OF_LIBRARIES.has(variable)))
      .map((variable) => `${name}: its code does not read ${variable}`);
    if (service.build?.args.SERVICE !== name)
      faults.push(`${name}: it runs the image of ${service.build?.args.SERVICE}`);
    try {
      read(env);
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return faults;
  });
}
