/** Plain JavaScript, because it runs before anything is installed that could run TypeScript. */
declare module '*/bootstrap/lock.mjs' {
  export function holdLock(path: string, onWait: (pid: number) => void): Promise<{ release: () => void }>;
}
