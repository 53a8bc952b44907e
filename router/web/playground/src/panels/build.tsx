import { pick, useGraphiQL } from '@graphiql/react';
import {
  type DocumentNode,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import {
  type Edited,
  emptyOperation,
  type FieldPath,
  selectionOf,
  toggleArgument,
  toggleField,
  written,
} from '../builder/selection.ts';
import { useTexts } from '../texts/texts.ts';
import { useOpen } from '../use-open.ts';

const kinds = ['query', 'mutation', 'subscription'] as readonly OperationTypeNode[];

/** The fields that can be selected; a click puts one into the operation, or takes it out. */
export function Build() {
  const { build: texts } = useTexts();
  const { schema, operationName } = useGraphiQL(pick('schema', 'operationName'));
  const { tabs, active, current, edit, open } = useOpen();
  const text = tabs[active]?.query ?? '';
  const document = parsed(text);
  if (!schema) return <p>{texts.noSchema}</p>;
  if (!document) return <p>{texts.broken}</p>;
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];

  function click(kind: OperationTypeNode, change: (operation: OperationDefinitionNode) => Edited): void {
    const isIt = operation?.operation === kind;
    const { operation: after, variables } = change(isIt && operation ? operation : emptyOperation(kind));
    const before = operation ?? emptyOperation(kind);
    if (operation && !isIt) {
      if (after)
        open({ query: written('', documentOf(after), after, after), variables: merged('', variables) });
      return;
    }
    const base = operation ? document : documentOf(before);
    if (base)
      edit({ query: written(text, base, before, after), variables: merged(current().variables, variables) });
  }

  return (
    <>
      <p className="soft">{texts.newTab}</p>
      {kinds.map((kind) => {
        const type = schema.getRootType(kind);
        if (!type) return null;
        const set = operation?.operation === kind ? operation.selectionSet : undefined;
        return (
          <details key={kind} open={set !== undefined || (!operation && kind === 'query')}>
            <summary>{texts[kind]}</summary>
            <Fields type={type} set={set} path={[]} click={(change) => click(kind, change)} />
          </details>
        );
      })}
    </>
  );
}

interface FieldsProps {
  readonly type: unknown;
  readonly set: SelectionSetNode | undefined;
  readonly path: readonly FieldPath[number][];
  readonly click: (change: (operation: OperationDefinitionNode) => Edited) => void;
}

function Fields({ type, set, path, click }: FieldsProps) {
  const { build: texts } = useTexts();
  if (!isObjectType(type) && !isInterfaceType(type)) return null;
  return (
    <ul className="fields-of">
      {Object.values((type as GraphQLObjectType).getFields()).map((field) => {
        const selected = selectionOf(set, field);
        const [first = field, ...rest] = [...path, field];
        const inside: FieldPath = [first, ...rest];
        return (
          <li key={field.name}>
            <label title={field.description ?? undefined}>
              <input
                type="checkbox"
                checked={selected !== undefined}
                onChange={() => click((operation) => toggleField(operation, inside))}
              />{' '}
              {field.name} <span className="soft">{String(field.type)}</span>
            </label>
            {selected && field.args.length > 0 && (
              <fieldset className="arguments">
                <legend>{texts.arguments(field.name)}</legend>
                {field.args.map((argument) => (
                  <label key={argument.name} title={argument.description ?? undefined}>
                    <input
                      type="checkbox"
                      checked={selected.arguments?.some(({ name }) => name.value === argument.name) ?? false}
                      onChange={() => click((operation) => toggleArgument(operation, inside, argument))}
                    />{' '}
                    {argument.name} <span className="soft">{String(argument.type)}</span>
                  </label>
                ))}
              </fieldset>
            )}
            {selected && (
              <Fields
                type={getNamedType(field.type)}
                set={selected.selectionSet}
                path={inside}
                click={click}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

const documentOf = (operation: OperationDefinitionNode): DocumentNode => ({
  kind: Kind.DOCUMENT,
  definitions: [operation],
});

/** An empty text has no operation yet; undefined for one that is broken. */
function parsed(text: string): DocumentNode | undefined {
  if (/^(\s|#.*)*$/.test(text)) return { kind: Kind.DOCUMENT, definitions: [] };
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}

/** The variables with samples of those that are new; as they are if they are no JSON. */
function merged(variables: string, samples: Readonly<Record<string, unknown>>): string {
  if (Object.keys(samples).length === 0) return variables;
  try {
    const given: object = JSON.parse(variables.trim() === '' ? '{}' : variables);
    return JSON.stringify({ ...samples, ...given }, null, 2);
  } catch {
    return variables;
  }
}
