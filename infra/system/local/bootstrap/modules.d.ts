// Plain JavaScript, because it runs before the packages that run TypeScript are installed.

declare module '*/bootstrap/lock.mjs' {
  export function holdLock(path: string, onWait: (pid: number) => void): Promise<{ release: () => void }>;
}

declare module '*/bootstrap/capture.mjs' {
  export function capture(
    command: string,
    args: readonly string[],
    options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
  ): Promise<{
    readonly ended: number | string;
    readonly output: string;
    readonly interrupted: NodeJS.Signals | undefined;
  }>;
}

declare module '*/bootstrap/install.mjs' {
  export function install(root: string, options?: { readonly isChanged?: boolean }): Promise<void>;
}

declare module '*/bootstrap/pnpm.mjs' {
  export function pnpmOf(root: string): {
    readonly version: string;
    readonly command: readonly [string, ...string[]];
  };
}
