import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isEnumType,
} from 'graphql';
import { useTexts } from '../texts/texts.ts';

interface TypePageProps {
  readonly type: GraphQLNamedType;
  readonly schema: GraphQLSchema;
  readonly go: (type: string) => void;
}

/** What the schema says of one type. */
export function TypePage({ type, schema, go }: TypePageProps) {
  const { docs: texts } = useTexts();
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  return (
    <>
      <h3>{type.name}</h3>
      {type.description && <p>{type.description}</p>}
      {fields.length > 0 && (
        <section aria-label={texts.fields}>
          <h4>{texts.fields}</h4>
          <dl className="documented">
            {fields.map((field) => (
              <FieldEntry key={field.name} field={field} go={go} />
            ))}
          </dl>
        </section>
      )}
      {isEnumType(type) && (
        <section aria-label={texts.values}>
          <h4>{texts.values}</h4>
          <dl className="documented">
            {type.getValues().map(({ name, description }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{description}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {isAbstractType(type) && (
        <section aria-label={texts.possible}>
          <h4>{texts.possible}</h4>
          <ul className="list">
            {schema.getPossibleTypes(type).map((possible) => (
              <li key={possible.name}>
                <TypeLink type={possible} go={go} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface FieldEntryProps {
  readonly field: GraphQLField<unknown, unknown> | GraphQLInputField;
  readonly go: (type: string) => void;
}

function FieldEntry({ field, go }: FieldEntryProps) {
  const { docs: texts } = useTexts();
  const args: readonly GraphQLArgument[] = 'args' in field ? field.args : [];
  return (
    <div>
      <dt>
        {field.name} <TypeLink type={field.type} go={go} />
      </dt>
      <dd>
        {field.description}
        {field.deprecationReason && <em> {texts.deprecated(field.deprecationReason)}</em>}
        {args.length > 0 && (
          <ul aria-label={texts.arguments}>
            {args.map(({ name, type, description }) => (
              <li key={name}>
                {name} <TypeLink type={type} go={go} /> {description}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}

function TypeLink({ type, go }: { readonly type: GraphQLType; readonly go: (type: string) => void }) {
  return (
    <button type="button" className="type" onClick={() => go(getNamedType(type).name)}>
      {String(type)}
    </button>
  );
}
