import { choice, EnvError, envVar, parseEnvs } from '@airline/service';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { adapt, createApi } from './acme.fixture.ts';
import { otherSlash, type Settings, settingChecks } from './settings.contract.ts';

// The controls of what the contract holds the variables of a provider to.

const shape = choice('PAYMENT_PROVIDER', {
  default: 'other',
  description: '',
  of: {
    acme: {
      PAYMENT_ACME_URL: envVar.url('https').optional(),
      PAYMENT_ACME_KEY: envVar.token.optional(),
      PAYMENT_ACME_SIGNING: envVar.secret.optional(),
      PAYMENT_ACME_TIMEOUT_MS: envVar.milliseconds.default(5),
      PAYMENT_ACME_HOOK_URL: envVar.url('https').default('https://hook.example'),
    },
    other: { PAYMENT_OTHER_KEY: envVar.token.optional() },
  },
});
type Config = z.output<z.ZodObject<typeof shape>>;

const read: Settings<Config>['read'] = (variables) =>
  parseEnvs('payment', [z.object(shape)], { PAYMENT_PROVIDER: 'acme', ...variables })[0];

const REQUIRED = ['PAYMENT_ACME_URL', 'PAYMENT_ACME_KEY', 'PAYMENT_ACME_SIGNING'] as const;
const READ_TOO = ['PAYMENT_ACME_TIMEOUT_MS', 'PAYMENT_ACME_HOOK_URL'] as const;

const provider = adapt(createApi(new Map()));

/** Makes the provider, of what it requires and reads. */
const creating =
  (required: readonly (keyof Config)[], readToo: readonly (keyof Config)[], error = EnvError) =>
  (config: Config) => {
    const unset = required.filter((name) => config[name] === undefined);
    if (unset.length > 0) throw new error(`${unset.join()} is not set`);
    for (const name of readToo) Reflect.get(config, name);
    return provider;
  };

const SIGNING = 's'.repeat(32);
const variables = {
  PAYMENT_ACME_URL: 'https://acme:p4ss@acme.example',
  PAYMENT_ACME_KEY: 'key',
  PAYMENT_ACME_SIGNING: SIGNING,
  PAYMENT_ACME_HOOK_URL: 'https://hook.acme.example',
};
const settings: Settings<Config> = {
  name: 'acme',
  shape,
  read,
  create: creating(REQUIRED, READ_TOO),
  variables,
  faulty: [{ ...variables, PAYMENT_ACME_KEY: 'wrong' }],
  secrets: ['p4ss', 'key', SIGNING, 'wrong'],
};

test.each(Object.entries(settingChecks))('a provider as it should be passes: %s', (_name, check) => {
  check(settings);
});

const SECRETS = 'the contract knows the secrets of all its variables';
const UNSET = 'a secret that is not set is refused by its name';
const READ = 'each of its variables is read when it is made';

const lacking = (secret: string): Partial<Settings<Config>> => ({
  secrets: settings.secrets.filter((each) => each !== secret),
});

type Mistake = readonly [string, string, Partial<Settings<Config>>, string];
const declaredAsText = (name: string): Mistake => [
  `${name} is a text`,
  'what is a secret by its name is declared as one',
  {
    shape: choice('PAYMENT_PROVIDER', {
      default: 'acme',
      description: '',
      of: { acme: { [name]: envVar.text.optional() } },
    }),
  },
  name,
];

const mistakes: readonly Mistake[] = [
  ['a token is not told', SECRETS, lacking('key'), 'PAYMENT_ACME_KEY'],
  ['a secret that signs is not told', SECRETS, lacking(SIGNING), 'PAYMENT_ACME_SIGNING'],
  ['the password of a URL is not told', SECRETS, lacking('p4ss'), 'PAYMENT_ACME_URL'],
  ['a wrong token is not told', SECRETS, lacking('wrong'), 'PAYMENT_ACME_KEY'],
  [
    'a token is not required',
    UNSET,
    { create: creating(['PAYMENT_ACME_URL', 'PAYMENT_ACME_SIGNING'], READ_TOO) },
    'made without PAYMENT_ACME_KEY',
  ],
  [
    'a token is not required, and the test never has one',
    UNSET,
    {
      create: creating(['PAYMENT_ACME_URL', 'PAYMENT_ACME_SIGNING'], READ_TOO),
      variables: { PAYMENT_ACME_URL: 'https://acme.example', PAYMENT_ACME_SIGNING: SIGNING },
    },
    'made without PAYMENT_ACME_KEY',
  ],
  [
    'a URL that the test has is not required',
    UNSET,
    { create: creating(['PAYMENT_ACME_KEY', 'PAYMENT_ACME_SIGNING'], READ_TOO) },
    'made without PAYMENT_ACME_URL',
  ],
  [
    'a token has a default',
    UNSET,
    {
      shape: choice('PAYMENT_PROVIDER', {
        default: 'acme',
        description: '',
        of: { acme: { PAYMENT_ACME_KEY: envVar.token.default('sandbox') } },
      }),
      create: () => provider,
    },
    'made without PAYMENT_ACME_KEY',
  ],
  [
    'what is not set is a TypeError',
    UNSET,
    { create: creating(REQUIRED, READ_TOO, TypeError) },
    'made without PAYMENT_ACME_URL',
  ],
  [
    'the refusal does not name what is not set',
    UNSET,
    {
      create: (config) => {
        if (REQUIRED.some((name) => config[name] === undefined)) throw new EnvError('Something is not set.');
        return provider;
      },
    },
    'made without PAYMENT_ACME_URL',
  ],
  ...['SECRET', 'TOKEN', 'PASSWORD', 'KEY'].map((end) => declaredAsText(`PAYMENT_ACME_${end}`)),
  [
    'a value stands in the code',
    READ,
    { create: creating(REQUIRED, ['PAYMENT_ACME_HOOK_URL']) },
    'PAYMENT_ACME_TIMEOUT_MS',
  ],
];

test.each(mistakes)('a mistake is found: %s', (_mistake, found, wrong, named) => {
  expect(() => settingChecks[found]?.({ ...settings, ...wrong })).toThrow(named);
});

test('a URL that is not required is left out of the variables of the test', () => {
  const create = creating(['PAYMENT_ACME_KEY', 'PAYMENT_ACME_SIGNING'], ['PAYMENT_ACME_URL', ...READ_TOO]);
  const { PAYMENT_ACME_URL: _, ...without } = variables;
  for (const check of Object.values(settingChecks)) check({ ...settings, create, variables: without });
});

test('a slash is set at the end of each URL, or left out', () => {
  const urls = { A: 'https://acme.example', B: 'http://acme.example/v1/', C: 'https://acme.example?v=1' };
  expect(otherSlash({ ...urls, KEY: 'key/' })).toEqual({
    A: 'https://acme.example/',
    B: 'http://acme.example/v1',
    C: 'https://acme.example?v=1',
    KEY: 'key/',
  });
});
