import { pathToFileURL } from 'node:url';

// Runs commands one after the other in this process, which loads what they share once: `node commands.fixture.ts
// '[["/…/start.ts", "--help"], …]'`. How each ended is a line of JSON, as a child process would end.

/** In place of the process's end, which nothing may follow. */
const ended = new Error('This command has ended.');

// Given by the test.
const commands = JSON.parse(String(process.argv[2])) as [file: string, ...args: string[]][];
const print = process.stdout.write.bind(process.stdout);
const [node = ''] = process.argv;

for (const [index, [file, ...args]] of commands.entries()) {
  const texts = { stdout: '', stderr: '' };
  let exit: unknown;
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].write = (text: string | Uint8Array, ...rest: readonly unknown[]) => {
      if (exit === undefined) texts[stream] += String(text);
      for (const written of rest) if (typeof written === 'function') written();
      return true;
    };
  }
  process.exit = (code) => {
    exit ??= code ?? 0;
    throw ended;
  };
  process.exitCode = undefined;
  process.argv = [node, file, ...args];
  try {
    // Another address is another module; what it imports is loaded once.
    await import(`${pathToFileURL(file).href}?${index}`);
  } catch (error) {
    if (exit === undefined) texts.stderr += error instanceof Error ? error.stack : String(error);
  }
  print(`${JSON.stringify({ exit: exit ?? process.exitCode ?? 0, ...texts })}\n`);
}
// Whatever a command has left behind.
process.kill(process.pid, 'SIGKILL');
