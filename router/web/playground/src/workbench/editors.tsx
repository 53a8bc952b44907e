import {
  HeaderEditor,
  pick,
  QueryEditor,
  useGraphiQL,
  useGraphiQLActions,
  VariableEditor,
} from '@graphiql/react';
import { useId, useState } from 'react';
import { cases } from '../cases/index.ts';
import type { Workspace } from '../data/workspace.ts';
import { TabList } from '../tab-list.tsx';
import { useTexts } from '../texts/texts.ts';
import { useOpen } from '../use-open.ts';
import { Actions } from './actions.tsx';

/** The operation, its variables and headers, and what can be done with them. */
export function Editors({ workspace }: { readonly workspace: Workspace }) {
  const { editor: texts, cases: about } = useTexts();
  const { tabs, active } = useOpen();
  const [tool, setTool] = useState<'variables' | 'headers'>('variables');
  const id = useId();
  const name = cases.find(({ query }) => query === tabs[active]?.query)?.name;
  const tools = [
    ['variables', texts.variables],
    ['headers', texts.headers],
  ] as const;
  return (
    <section className="editors" id="operation" role="tabpanel" aria-label={texts.operation}>
      <div className="bar">
        <Run />
        <Actions workspace={workspace} />
      </div>
      {name !== undefined && (
        <p className="about">
          <strong>{about[name].title}.</strong> {about[name].about}
        </p>
      )}
      <div className="operation">
        <QueryEditor />
      </div>
      <TabList label={texts.more} tabs={tools} chosen={tool} choose={setTool} panel={id} />
      <div className="values" id={id} role="tabpanel" aria-label={texts[tool]}>
        <VariableEditor className={tool === 'variables' ? '' : 'hidden'} />
        <HeaderEditor className={tool === 'headers' ? '' : 'hidden'} />
      </div>
    </section>
  );
}

/** Runs the operation, or ends it; of several in one document, the one that is chosen. */
function Run() {
  const { editor: texts } = useTexts();
  const { run, stop, setOperationName } = useGraphiQLActions();
  const {
    operations = [],
    operationName,
    isFetching,
    subscription,
  } = useGraphiQL(pick('operations', 'operationName', 'isFetching', 'subscription'));
  const isRunning = isFetching || subscription !== null;
  return (
    <>
      <button type="button" className="run" onClick={isRunning ? stop : run} title="Ctrl-Enter">
        {isRunning ? `■ ${texts.stop}` : `▶ ${texts.run}`}
      </button>
      {operations.length > 1 && (
        <select
          aria-label={texts.which}
          value={operationName ?? ''}
          onChange={({ currentTarget }) => setOperationName(currentTarget.value)}
        >
          {operations.map(({ name, operation }) => (
            <option key={name?.value ?? operation}>{name?.value ?? operation}</option>
          ))}
        </select>
      )}
    </>
  );
}
