/** As much of Monaco as is needed here. */
interface Monaco {
  readonly editor: {
    defineTheme(
      name: string,
      theme: {
        base: 'vs' | 'vs-dark';
        inherit: boolean;
        colors: Record<string, string>;
        rules: { token: string; foreground: string }[];
      },
    ): void;
  };
}

/** The names of the editor's themes, as GraphiQL takes them. */
export const editorTheme = { dark: 'airline-dark', light: 'airline-light' };

/** Monaco's own, with the page behind them and 4.5:1 for each color of a text. */
export function defineThemes({ editor }: Monaco): void {
  const colorsOf = (lineNumber: string) => ({
    'editor.background': '#00000000',
    'editorLineNumber.foreground': lineNumber,
    // Of a last line that is empty.
    'editorLineNumber.dimmedForeground': lineNumber,
  });
  editor.defineTheme(editorTheme.light, {
    base: 'vs',
    inherit: true,
    colors: colorsOf('#4a5a72'),
    rules: [
      { token: 'annotation', foreground: '5f5f5f' },
      { token: 'argument.identifier.gql', foreground: '5b57c8' },
    ],
  });
  editor.defineTheme(editorTheme.dark, {
    base: 'vs-dark',
    inherit: true,
    colors: colorsOf('#9db0ca'),
    rules: [
      { token: 'annotation', foreground: 'c0c0c0' },
      { token: 'argument.identifier.gql', foreground: 'a9a4ff' },
    ],
  });
}
