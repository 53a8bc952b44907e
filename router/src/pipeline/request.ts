/** One operation as a client sends it, by whichever transport ("request parameters" of GraphQL over HTTP). */
export interface RequestParameters {
  readonly query?: string | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** On whose behalf an operation runs. */
export interface Authority {
  /** The same for all requests whose answers may be shared; empty for those who bring no credentials. */
  readonly key: string;
  /** Who it is, where a verified token says so. */
  readonly subject: string | undefined;
  /** When the credentials end, in ms since 1970; undefined: never. */
  readonly expiresAt: number | undefined;
}

/** Who asks, and what the subgraphs are told of it. */
export interface Client {
  readonly authority: Authority;
  /** Headers for the subgraphs, by lower-case name. */
  readonly forwarded: Readonly<Record<string, string>>;
}
