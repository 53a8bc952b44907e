import { type Env, EnvError, ownerOf, secrecyOf, secretsIn } from '@airline/service';
import { expect } from 'vitest';
import { z } from 'zod';
import type { PaymentProvider } from '../provider.ts';

/** How a provider is made, and of what. */
export interface Settings<Config extends object> {
  readonly name: string;
  /** The service's, by name. */
  readonly shape: z.ZodRawShape;
  readonly read: (variables: Env) => Config;
  readonly create: (config: Config) => PaymentProvider;
  readonly variables: Env;
  /** Those with which it is faulty. */
  readonly faulty: readonly Env[];
  readonly secrets: readonly string[];
}

/** The variables of the provider alone. */
const ownOf = ({ name, shape }: Pick<Settings<object>, 'name' | 'shape'>) =>
  Object.entries(shape).filter(([, schema]) => ownerOf(schema)?.value === name);

const hasDefault = (schema: z.core.$ZodType): boolean => z.safeParse(schema, undefined).data !== undefined;

/** A URL that ends with its path. */
const isUrl = (value: string | undefined): value is string => /^https?:[^?#]*$/.test(value ?? '');

const withUrls = (variables: Env, change: (url: string) => string): Env =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, isUrl(value) ? change(value) : value]),
  );

/** Each URL with a slash at its end, or without where it has one. */
export const otherSlash = (variables: Env): Env =>
  withUrls(variables, (url) => (url.endsWith('/') ? url.slice(0, -1) : `${url}/`));

/** Each URL with a path that nobody has; undefined without a URL. */
export const elsewhere = (variables: Env): Env | undefined =>
  Object.values(variables).some(isUrl)
    ? withUrls(variables, (url) => `${url.replace(/\/$/, '')}/elsewhere`)
    : undefined;

/** What holds for the variables of each provider, by name. */
export const settingChecks: Readonly<
  Record<string, <Config extends object>(settings: Settings<Config>) => void>
> = {
  'the contract knows the secrets of all its variables': ({ shape, variables, faulty, secrets }) => {
    for (const [name, value] of [variables, ...faulty].flatMap((each) => Object.entries(each))) {
      const schema = shape[name];
      const held = schema && value !== undefined ? secretsIn(schema, value) : [];
      // Without the values: a failed test is no place for them.
      const unknown = held.filter((secret) => !secrets.includes(secret)).length;
      expect(unknown, `values of ${name} that \`secrets\` lacks`).toBe(0);
    }
  },
  'what is a secret by its name is declared as one': (settings) => {
    const declaredAsText = ownOf(settings).flatMap(([name, schema]) =>
      /(SECRET|TOKEN|PASSWORD|KEY)$/.test(name) && !secrecyOf(schema) ? [name] : [],
    );
    expect(declaredAsText, 'secrets by their names: use envVar.token').toEqual([]);
  },
  'a secret that is not set is refused by its name': (settings) => {
    for (const [name, schema] of ownOf(settings)) {
      const isRequired = secrecyOf(schema) === 'text' || (secrecyOf(schema) && name in settings.variables);
      // A secret that everybody knows is none; a URL may have a default.
      if (!isRequired || (secrecyOf(schema) === 'url' && hasDefault(schema))) continue;
      const { [name]: _, ...without } = settings.variables;
      const make = () => settings.create(settings.read(without));
      expect(make, `made without ${name}`).toThrow(EnvError);
      expect(make, `made without ${name}`).toThrow(name);
    }
  },
  'each of its variables is read when it is made': (settings) => {
    const read = new Set<PropertyKey>();
    const config = new Proxy(settings.read(settings.variables), {
      get: (target, key) => {
        read.add(key);
        return Reflect.get(target, key);
      },
    });
    settings.create(config);
    const unread = ownOf(settings).flatMap(([name]) => (read.has(name) ? [] : [name]));
    expect(unread, 'variables that nothing reads').toEqual([]);
  },
};
