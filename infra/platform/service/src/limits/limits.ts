/**
 * The limits of one request: far above what clients of this graph need, and low enough that the worst request within them
 * costs a server about a tenth of a second.
 */
export const defaultLimits = {
  /** Bytes of a request's body. */
  bodyBytes: 256 * 1024,
  /** Nesting of objects and arrays in a JSON body, variables included. */
  jsonDepth: 64,
  /** Fields of one object in a JSON body; graphql-js prints the whole object in the error for each unknown field. */
  jsonFields: 200,
  /** Lexical tokens of a document. */
  documentTokens: 4_000,
  /** Nesting of brackets of any kind in a document's text; a recursive parser overflows from about 1,500. */
  documentNesting: 200,
  /** Nesting of fields, fragments expanded; the usual introspection query has 13 to 15. */
  documentDepth: 25,
  /** Fields and fragments that all definitions of a document select, fragments expanded: to plan one takes up to 0.1 ms. */
  documentSelections: 1_000,
  /** Fields of one operation that have an alias, fragments expanded. */
  documentAliases: 200,
  /** Different fields of one operation's root, fragments expanded. */
  documentRootFields: 50,
  /** Repetitions of one field at one place; validation compares each pair of them. */
  documentRepetitions: 50,
  /** Characters of the name of an operation, a fragment or a variable: requests to subgraphs repeat it wherever it is used. */
  nameLength: 200,
  /** Characters of a text in a document or in variables: a cursor of the longest id has fewer. */
  textLength: 1_000,
  /** Invalid values in variables that are reported before validation stops. */
  variableErrors: 10,
  /** Validation errors that are reported before validation stops. */
  validationErrors: 20,
};

export type Limits = Readonly<typeof defaultLimits>;

/**
 * For servers that only the router calls: its planner writes fragments out in full, makes names longer, and sends the
 * entities of a whole page in one request.
 */
export const subgraphLimits: Limits = {
  ...defaultLimits,
  bodyBytes: 2 * 1024 * 1024,
  documentTokens: 16_000,
  documentSelections: 10_000,
  documentAliases: 1_000,
  documentRootFields: 200,
  nameLength: 400,
};

/**
 * The limits of the work that one request causes in a subgraph: above what pages of pages of the usual sizes take, and low
 * enough that it costs about a tenth of a second.
 */
export const workLimits = {
  /** Fields and items of lists in the response. */
  responseValues: 100_000,
  /** Characters of all texts in the response. */
  responseCharacters: 4 * 1024 * 1024,
  /** Rows that are read. */
  rows: 20_000,
  /** Different connections that are counted. */
  counts: 20,
  /** Rows that are counted of one connection: a greater number is not counted. */
  countedRows: 100_000,
  /** Milliseconds in which a synchronous database reads and all others wait: between two turns of the event loop, and in all. */
  turnMs: 10,
  blockedMs: 500,
};

export type WorkLimits = Readonly<typeof workLimits>;
