/** Prints what a test of minutes is doing, with the seconds since it began. */
export function startProgress(name: string): (what: string) => void {
  const begun = performance.now();
  return (what) => {
    const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  ${name}: ${what}\n`);
  };
}
