import { Ajv, type ErrorObject } from 'ajv';

/** A kind of @kubernetes-models: a class whose `validate` looks at the object that it is called on. */
export type Model = { prototype: { validate(this: object): void } };

/** A SecretProviderClass of the Secrets Store CSI driver. */
export interface IProviderClass {
  readonly spec: {
    readonly parameters: Readonly<Record<string, string>>;
    readonly secretObjects?: readonly {
      readonly secretName: string;
      readonly data: readonly { readonly objectName: string; readonly key: string }[];
    }[];
  };
}

const text = { type: 'string' };
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' };
const texts = { type: 'object', additionalProperties: text };
const listOf = (items: object) => ({ type: 'array', minItems: 1, items });

/** An object with these fields, of which it may lack those whose names end with `?`. */
function fields(schemas: Readonly<Record<string, object>>): object {
  const known = Object.entries(schemas).map(([name, schema]) => [name.replace('?', ''), schema]);
  const required = Object.keys(schemas).filter((name) => !name.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(known), required };
}

const manifest = (spec: object): object =>
  fields({
    apiVersion: text,
    kind: text,
    metadata: fields({ name: text, 'namespace?': text, 'labels?': texts, 'annotations?': texts }),
    spec,
  });

/**
 * Kinds of which no package has models, with what is used of them here, after the definitions of the Secrets Store CSI driver
 * (https://secrets-store-csi-driver.sigs.k8s.io/getting-started/usage) and of sigstore's policy-controller 0.13
 * (https://docs.sigstore.dev/policy-controller/overview/).
 */
export const customResources: ReadonlyMap<string, Model> = new Map([
  [
    'secrets-store.csi.x-k8s.io/v1/SecretProviderClass',
    modelOf(
      fields({
        provider: { const: 'azure' },
        parameters: fields({ clientID: uuid, keyvaultName: text, tenantID: uuid, objects: text }),
        'secretObjects?': listOf(
          fields({
            secretName: text,
            type: { enum: ['Opaque', 'kubernetes.io/tls'] },
            data: listOf(fields({ objectName: text, key: text })),
          }),
        ),
      }),
    ),
  ],
  [
    'policy.sigstore.dev/v1beta1/ClusterImagePolicy',
    modelOf(
      fields({
        images: listOf(fields({ glob: text })),
        authorities: listOf({
          ...fields({
            name: text,
            'keyless?': fields({ url: text, identities: listOf(fields({ issuer: text, subject: text })) }),
            'key?': fields({ data: text }),
            ctlog: fields({ url: text }),
            'signatureFormat?': { enum: ['legacy', 'bundle'] },
            'attestations?': listOf(fields({ name: text, predicateType: text })),
          }),
          // Bundles are of keyless signatures alone.
          if: { required: ['key'] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
          then: { properties: { keyless: false, signatureFormat: false } },
          else: { required: ['keyless'] },
        }),
      }),
    ),
  ],
]);

function modelOf(spec: object): Model {
  const validate = new Ajv({ allErrors: true }).compile(manifest(spec));
  return {
    prototype: {
      validate(this: object) {
        if (!validate(this)) throw new InvalidError(validate.errors ?? []);
      },
    },
  };
}

/** What models throw. */
class InvalidError extends Error {
  override name = 'InvalidError';
  readonly errors: readonly ErrorObject[];
  constructor(errors: readonly ErrorObject[]) {
    super('It does not fit its schema');
    this.errors = errors;
  }
}
