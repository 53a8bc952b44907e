import { type ASTNode, type GraphQLError, Kind, type Token, TokenKind } from 'graphql';

/** A value in a request that does not fit its type: the argument's path, if known, and the message for the client. */
export interface CoercionFault {
  field: string | undefined;
  message: string;
}

/**
 * Recognises graphql-js's errors for values that do not fit their type, whether they came as variables, as literals or
 * as a variable's null for a required argument. graphql-js 16 gives none of them a code or the value's path, so both
 * are read from its messages and from the tokens around a literal.
 *
 * @param code the code that Apollo Server gave the error
 */
export function coercionFault(error: GraphQLError, code: unknown): CoercionFault | undefined {
  const { message } = error;
  const node = error.nodes?.[0];
  if (node?.kind === Kind.VARIABLE_DEFINITION && variableFault.test(message)) {
    const inner = / at "(\w+(?:\.\w+|\[\d+\])*)"; /.exec(message)?.[1];
    return { field: withMissingField(inner ?? node.variable.name.value, message), message };
  }
  if (code === 'GRAPHQL_VALIDATION_FAILED') return literalFault(message, node);
  const argument = /^Argument "(\w+)" (?:of required type|of non-null type|has invalid value) /.exec(
    message,
  )?.[1];
  return argument !== undefined && node !== undefined ? { field: argument, message } : undefined;
}

const variableFault = /^Variable "\$\w+" (?:got invalid value|of required type|of non-null type) /;

const literalKinds: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

function literalFault(message: string, node: ASTNode | undefined): CoercionFault | undefined {
  if (node === undefined) {
    // Only a scalar's own error comes without a node, apart from the note that there were too many errors.
    return message.startsWith('Too many') ? undefined : { field: undefined, message };
  }
  if (!literalKinds.has(node.kind) || node.loc === undefined) return undefined;
  const path = pathOf(node.kind === Kind.OBJECT_FIELD ? node.value.loc?.startToken : node.loc.startToken);
  const field = path === '' ? undefined : withMissingField(path, message);
  return { field, message: field === undefined ? message : `Invalid value at "${field}": ${message}` };
}

/** `Field "x" of required type …` and `Field "Type.x" of required type …` are reported at the object that lacks it. */
function withMissingField(path: string, message: string): string {
  const name = /Field "(?:\w+\.)?(\w+)" (?:of required type|is not defined by type)/.exec(message)?.[1];
  return name === undefined || path.endsWith(`.${name}`) ? path : `${path}.${name}`;
}

/** The path of the value that starts with the token, from its argument inwards, read from the tokens before it. */
function pathOf(start: Token | undefined): string {
  const path: string[] = [];
  let value: Token | null | undefined = start;
  while (value && value.kind !== TokenKind.PAREN_L) {
    const name = value.prev?.kind === TokenKind.COLON ? value.prev.prev : variableWithDefault(value);
    if (name?.kind === TokenKind.NAME) path.unshift(name.value);
    value = enclosingBracket(value);
  }
  return path.join('.');
}

/** The name of the variable whose default value starts with the token: `$seats: [Int!] = …`. */
function variableWithDefault(value: Token): Token | null | undefined {
  if (value.prev?.kind !== TokenKind.EQUALS) return undefined;
  let token: Token | null = value.prev;
  while (token && token.kind !== TokenKind.DOLLAR) token = token.prev;
  return token?.next;
}

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function enclosingBracket(inside: Token): Token | null {
  let closed = 0;
  for (let token = inside.prev; token; token = token.prev) {
    if (closing.has(token.kind)) closed += 1;
    else if (opening.has(token.kind) && closed-- === 0) return token;
  }
  return null;
}
