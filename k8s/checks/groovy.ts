import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** What is called in a Groovy source, with the closure that it is called with: `stage('Test') { … }`. */
export interface Call {
  readonly name: string;
  readonly line: number;
  /** Arguments as they are written. */
  readonly args: readonly string[];
  readonly body: readonly Call[] | undefined;
}

let parser: Parser | undefined;

async function groovy(): Promise<Parser> {
  if (parser) return parser;
  await Parser.init();
  const grammar = fileURLToPath(import.meta.resolve('tree-sitter-groovy/tree-sitter-groovy.wasm'));
  const made = new Parser();
  made.setLanguage(await Language.load(await readFile(grammar)));
  parser = made;
  return made;
}

/** Reads Groovy by tree-sitter's grammar: the calls at its top, or where its syntax is wrong. */
export async function readGroovy(
  text: string,
): Promise<{ readonly faults: string[]; readonly calls: Call[] }> {
  const tree = (await groovy()).parse(text);
  if (!tree) throw new Error('Groovy was not parsed.');
  const wrong = firstError(tree.rootNode);
  const said = wrong?.isMissing
    ? `a ${wrong.type} is missing`
    : `"${wrong?.text.split('\n', 1)[0]}" is not expected`;
  const faults = wrong ? [`line ${wrong.startPosition.row + 1}: ${said} in Groovy`] : [];
  return { faults, calls: wrong ? [] : callsOf(tree.rootNode) };
}

function firstError(node: Node): Node | undefined {
  if (node.isError || node.isMissing) return node;
  if (!node.hasError) return undefined;
  for (const child of node.children) {
    const found = child && firstError(child);
    if (found) return found;
  }
  return undefined;
}

function callsOf(node: Node): Call[] {
  return node.namedChildren.flatMap((child) => {
    const statement = child?.type === 'expression_statement' ? child.firstNamedChild : child;
    if (!statement || !['method_invocation', 'juxt_function_call'].includes(statement.type)) return [];
    const args = statement.childForFieldName('arguments') ?? statement.childForFieldName('args');
    const body = statement.childForFieldName('body');
    return [
      {
        name: statement.childForFieldName('name')?.text ?? '',
        line: statement.startPosition.row + 1,
        args: args?.namedChildren.map((argument) => argument?.text ?? '') ?? [],
        body: body ? callsOf(body) : undefined,
      },
    ];
  });
}
