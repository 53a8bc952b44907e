// @ts-check
import process from 'node:process';

// Loaded before a command: one whose reader has gone (`npm run trace | head`) ends as other programs do at SIGPIPE, which
// Node ignores, instead of printing a stack.

const SIGPIPE_EXIT = 128 + 13;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
    process.exit(SIGPIPE_EXIT);
  });
}
