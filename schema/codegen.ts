import type { CodegenConfig } from '@graphql-codegen/cli';

// Paths inside mappers are written into the generated file as they are: they start from `src/generated/`.
const row = (name: string) => `../store/tables.ts#${name}`;
const page = (rowName: string) => `@airline/service#Connection<${rowName}>`;
/** An entity of another service: here it is nothing but its key. */
const stub = '{ id: string }';

/** What resolvers return for a GraphQL type, by subgraph; a type not listed is returned as the schema shapes it. */
const mappers = {
  reservation: {
    Reservation: row('ReservationRow'),
    ReservationConnection: page('ReservationRow'),
    Flight: stub,
    Customer: stub,
  },
  flight: {
    Flight: row('FlightRow'),
    FlightConnection: page('FlightRow'),
  },
  payment: {
    Payment: row('PaymentRow'),
    PaymentConnection: page('PaymentRow'),
    Reservation: stub,
    Customer: stub,
  },
  dashboard: {
    CustomerInfo: row('CustomerInfoRow'),
    CustomerInfoConnection: page('CustomerInfoRow'),
    SagaStep: row('SagaStepRow'),
    Reservation: stub,
    Customer: stub,
  },
};

/** What both sides have in common. */
const types = {
  useTypeImports: true,
  enumsAsTypes: true,
  skipTypename: true,
  // A scalar that is not listed fails the run, instead of becoming `any`.
  strictScalars: true,
  scalars: { ID: 'string', Date: 'string', DateTime: 'string', SafeInt: 'number', _FieldSet: 'string' },
};

const resolvers = {
  ...types,
  federation: true,
  contextType: '../context.ts#Context',
  // A repository's `undefined` is as good a null as `null`.
  maybeValue: 'T | null | undefined',
  makeResolverTypeCallable: true,
};

/**
 * `npm run generate` writes each subgraph's resolver types, and the types and texts of the dashboard page's operations;
 * with `-- --check` it fails when one is stale.
 */
const config: CodegenConfig = {
  generates: {
    ...Object.fromEntries(
      Object.entries(mappers).map(([subgraph, mapped]) => [
        `subgraphs/${subgraph}/src/generated/resolvers.ts`,
        {
          schema: `subgraphs/${subgraph}/schema.graphql`,
          plugins: ['typescript', './schema/codegen-resolvers-plugin.ts'],
          config: { ...resolvers, mappers: mapped },
        },
      ]),
    ),
    'router/web/dashboard/src/generated/': {
      schema: { 'schema/supergraph.graphql': { loader: './schema/codegen-api-schema.ts' } },
      documents: 'router/web/dashboard/src/**/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      // Texts instead of syntax trees: smaller, and sent as they are.
      config: { ...types, documentMode: 'string' },
    },
  },
};

export default config;
