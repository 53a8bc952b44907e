import type { CSSProperties } from 'react';
import { TraceLink } from '../../../trace/trace-link.tsx';
import type { Fetch, Plan, PlanNode } from '../data/exchange.ts';
import type { Workspace } from '../data/workspace.ts';
import { useTexts } from '../texts/texts.ts';
import { useValue } from '../use-value.ts';

interface PlanViewProps {
  readonly workspace: Workspace;
  readonly plan: Plan | undefined;
}

/** The fetches that an operation was executed by, each as a bar on one scale of time, and a link to its trace. */
export function PlanView({ workspace, plan }: PlanViewProps) {
  const { plan: texts } = useTexts();
  const asks = useValue(workspace.asksForPlans);
  return (
    <>
      <p className="row">
        <label>
          <input
            type="checkbox"
            checked={asks}
            onChange={({ currentTarget }) => workspace.asksForPlans.set(currentTarget.checked)}
          />{' '}
          {texts.ask}
        </label>
        {plan?.traceId === null && <span className="soft">{texts.noTrace}</span>}
        {plan?.traceId && <TraceLink id={plan.traceId} url={workspace.traceUrl} name={texts.trace} />}
      </p>
      {!plan && <p>{texts.none}</p>}
      {plan?.node === null && <p>{texts.noFetch}</p>}
      {plan?.node && (
        <ul className="plan">
          <Node node={plan.node} endMs={endOf(plan.node)} />
        </ul>
      )}
    </>
  );
}

interface NodeProps {
  readonly node: PlanNode;
  readonly endMs: number;
  readonly path?: string;
}

function Node({ node, endMs, path }: NodeProps) {
  const { plan: texts } = useTexts();
  switch (node.kind) {
    case 'Fetch':
      return <FetchRow fetch={node} endMs={endMs} path={path} />;
    case 'Flatten':
      return <Node node={node.node} endMs={endMs} path={node.path} />;
    case 'Defer':
      return (
        <>
          {node.primary && <Group name={texts.kinds.Defer} nodes={[node.primary]} endMs={endMs} />}
          {node.deferred.map((part, index) => (
            <Group
              key={index}
              name={texts.deferred(part.label ?? texts.unnamed)}
              nodes={part.node ? [part.node] : []}
              endMs={endMs}
            />
          ))}
        </>
      );
    default:
      return <Group name={texts.kinds[node.kind]} nodes={node.nodes} endMs={endMs} />;
  }
}

interface GroupProps {
  readonly name: string;
  readonly nodes: readonly PlanNode[];
  readonly endMs: number;
}

function Group({ name, nodes, endMs }: GroupProps) {
  return (
    <li>
      <span className="soft">{name}</span>
      <ul>
        {nodes.map((node, index) => (
          <Node key={index} node={node} endMs={endMs} />
        ))}
      </ul>
    </li>
  );
}

interface FetchProps {
  readonly fetch: Fetch;
  readonly endMs: number;
  readonly path: string | undefined;
}

function FetchRow({ fetch: { subgraph, operation, start, duration }, endMs, path }: FetchProps) {
  const { plan: texts, response } = useTexts();
  const isTimed = start !== null && duration !== null;
  const place = isTimed && endMs > 0 ? { '--from': start / endMs, '--long': duration / endMs } : {};
  return (
    <li>
      <details>
        <summary>
          <strong>{subgraph}</strong> {path !== undefined && <span className="soft">{texts.at(path)}</span>}{' '}
          {isTimed ? (
            <>
              <span>{response.ms(duration)}</span>{' '}
              <span className="soft">{texts.from(response.ms(start))}</span>
              {/* Custom properties, which React's type of a style does not have. */}
              <span className="span" style={place as CSSProperties} aria-hidden="true" />
            </>
          ) : (
            <span className="soft">{texts.notSent}</span>
          )}
        </summary>
        <pre>{operation}</pre>
      </details>
    </li>
  );
}

/** When the last fetch was over, in ms since the operation began. */
function endOf(node: PlanNode | null): number {
  if (!node) return 0;
  switch (node.kind) {
    case 'Fetch':
      return (node.start ?? 0) + (node.duration ?? 0);
    case 'Flatten':
      return endOf(node.node);
    case 'Defer':
      return Math.max(endOf(node.primary), ...node.deferred.map((part) => endOf(part.node)));
    default:
      return Math.max(...node.nodes.map(endOf));
  }
}
