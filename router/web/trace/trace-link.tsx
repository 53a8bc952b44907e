interface TraceLinkProps {
  readonly id: string;
  /** `{traceId}` in it stands for the id; null where nobody has said where traces are looked at. */
  readonly url: string | null;
  /** What a trace is called in the reader's language. */
  readonly name: string;
}

/** A trace, as a link to where it is looked at, or else by its id. */
export function TraceLink({ id, url, name }: TraceLinkProps) {
  if (url === null)
    return (
      <span>
        {name} <code>{id}</code>
      </span>
    );
  return (
    <a href={url.replace('{traceId}', id)} target="_blank" rel="noreferrer">
      {name} {id.slice(0, 8)}
    </a>
  );
}
