import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { type GraphQLNamedType, type GraphQLSchema, isIntrospectionType, printSchema } from 'graphql';
import { useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import { TypePage } from './type-page.tsx';

/** The schema by its types, searched and to be downloaded. */
export function Documentation() {
  const { docs: texts } = useTexts();
  const { schema, isIntrospecting, fetchError } = useGraphiQL(
    pick('schema', 'isIntrospecting', 'fetchError'),
  );
  const { introspect } = useGraphiQLActions();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [sought, setSought] = useState('');
  const type = schema?.getType(trail.at(-1) ?? '');
  const go = (name: string) => {
    setTrail([...trail, name]);
    setSought('');
  };
  return (
    <>
      <p className="row">
        <button type="button" disabled={!schema} onClick={() => schema && download(printSchema(schema))}>
          {texts.download}
        </button>
        <button type="button" onClick={() => void introspect()}>
          {texts.reload}
        </button>
      </p>
      {!schema && <p role="status">{isIntrospecting ? texts.loading : texts.failed}</p>}
      {!schema && fetchError && <pre>{fetchError}</pre>}
      {schema && (
        <>
          <input
            type="search"
            aria-label={texts.search}
            placeholder={texts.search}
            value={sought}
            onChange={({ currentTarget }) => setSought(currentTarget.value)}
          />
          {trail.length > 0 && (
            <button type="button" onClick={() => setTrail(trail.slice(0, -1))}>
              ← {texts.back}
            </button>
          )}
          {sought !== '' ? (
            <Found schema={schema} sought={sought.toLowerCase()} go={go} />
          ) : type ? (
            <TypePage type={type} schema={schema} go={go} />
          ) : (
            <Types schema={schema} go={go} />
          )}
        </>
      )}
    </>
  );
}

interface SchemaProps {
  readonly schema: GraphQLSchema;
  readonly go: (type: string) => void;
}

const typesOf = (schema: GraphQLSchema): readonly GraphQLNamedType[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type))
    .toSorted((a, b) => a.name.localeCompare(b.name));

function Types({ schema, go }: SchemaProps) {
  const { docs: texts } = useTexts();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type) => type !== null && type !== undefined,
  );
  const lists = [
    [texts.roots, roots],
    [texts.types, typesOf(schema).filter((type) => !roots.some((root) => root === type))],
  ] as const;
  return lists.map(([title, types]) => (
    <section key={title} aria-label={title}>
      <h3>{title}</h3>
      <ul className="list">
        {types.map(({ name }) => (
          <li key={name}>
            <button type="button" className="type" onClick={() => go(name)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}

function Found({ schema, sought, go }: SchemaProps & { readonly sought: string }) {
  const { docs: texts } = useTexts();
  const found = typesOf(schema).flatMap((type) => {
    const fields = 'getFields' in type ? Object.keys(type.getFields()) : [];
    const places = [type.name, ...fields.map((field) => `${type.name}.${field}`)];
    const own = fields.map((field) => field.toLowerCase().includes(sought));
    return places.filter((_, index) =>
      index === 0 ? type.name.toLowerCase().includes(sought) : own[index - 1],
    );
  });
  if (found.length === 0) return <p>{texts.nothing}</p>;
  return (
    <ul className="list">
      {found.map((place) => (
        <li key={place}>
          <button type="button" className="type" onClick={() => go(place.split('.')[0] ?? '')}>
            {place}
          </button>
        </li>
      ))}
    </ul>
  );
}

function download(sdl: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([sdl], { type: 'text/plain' }));
  link.download = 'schema.graphql';
  link.click();
  URL.revokeObjectURL(link.href);
}
