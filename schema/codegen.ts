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

/** `npm run generate` writes each subgraph's resolver types; with `-- --check` it fails when one is stale. */
const config: CodegenConfig = {
  config: {
    federation: true,
    contextType: '../context.ts#Context',
    useTypeImports: true,
    enumsAsTypes: true,
    skipTypename: true,
    // A repository's `undefined` is as good a null as `null`.
    maybeValue: 'T | null | undefined',
    makeResolverTypeCallable: true,
    // A scalar that is not listed fails the run, instead of becoming `any`.
    strictScalars: true,
    scalars: { ID: 'string', Date: 'string', DateTime: 'string', SafeInt: 'number', _FieldSet: 'string' },
  },
  generates: Object.fromEntries(
    Object.entries(mappers).map(([subgraph, types]) => [
      `subgraphs/${subgraph}/src/generated/resolvers.ts`,
      {
        schema: `subgraphs/${subgraph}/schema.graphql`,
        plugins: ['typescript', './schema/codegen-resolvers-plugin.ts'],
        config: { mappers: types },
      },
    ]),
  ),
};

export default config;
