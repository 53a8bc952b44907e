import { Copy, DockerfileParser, From, type Instruction } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';

/** What is wrong with the Dockerfile of our images: all that may be with any, and a base with a shell or a package manager. */
export function imageFaults(text: string): string[] {
  const last = DockerfileParser.parse(text).getFROMs().at(-1);
  const base = last?.getImage();
  return [
    ...dockerfileFaults(text),
    ...(last && base !== 'scratch' ? [said(last, `it stands on ${base}, which has more than Node`)] : []),
  ];
}

/**
 * What is wrong with a Dockerfile: what a builder would refuse or warn of (dockerfile-utils, the validator of Docker's language
 * server), and what we hold images to: pinned base images, no privileges, SIGTERM to the process itself,
 * dependencies from the lock file only, and no more of a package manager's leftovers.
 */
export function dockerfileFaults(text: string): string[] {
  const refused = validate(text).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);
  const instructions = DockerfileParser.parse(text).getInstructions();
  const from = instructions.filter((one) => one instanceof From);
  // Of what `scratch` is there are no versions.
  const stages = new Set([...from.map((one) => one.getBuildStage()), 'scratch']);
  const last = instructions.slice(instructions.findLastIndex((one) => one instanceof From));
  const faults = [
    ...from
      .map((one) => ({ one, image: withDefaults(text, one.getImage() ?? '') }))
      .filter(({ image }) => !stages.has(image) && !/:\d[\w.-]*(@sha256:[\da-f]{64})?$/.test(image))
      .map(({ one, image }) => said(one, `${image} has no pinned version`)),
    ...instructions.flatMap((one) => (one instanceof Copy ? copyFaults(one, stages) : [])),
    ...userFaults(last),
    ...instructions
      .filter(isShellForm)
      .map((one) => said(one, `${one.getKeyword()} should be a JSON array, or a shell receives the signals`)),
    ...instructions.flatMap(runFaults),
    ...instructions
      .filter((one) => one.getKeyword() === 'ADD')
      .map((one) => said(one, 'use COPY, which only copies')),
    ...from
      .slice(-1)
      .flatMap((one) =>
        last.some((other) => ['CMD', 'ENTRYPOINT'].includes(other.getKeyword()))
          ? []
          : [said(one, 'the image has no command')],
      ),
  ];
  return [...refused, ...faults];
}

/** An image's name with the defaults of the arguments in it. */
function withDefaults(text: string, image: string): string {
  return image.replaceAll(
    /\$\{(\w+)\}/g,
    (variable, name) => new RegExp(`^ARG ${name}=(.*)$`, 'm').exec(text)?.[1] ?? variable,
  );
}

function said(instruction: Instruction, fault: string): string {
  return `line ${(instruction.getRange()?.start.line ?? 0) + 1}: ${fault}`;
}

function copyFaults(copy: Copy, stages: ReadonlySet<string | null>): string[] {
  const stage = copy
    .getFlags()
    .find((flag) => flag.getName() === 'from')
    ?.getValue();
  return stage == null || stages.has(stage) ? [] : [said(copy, `there is no stage ${stage}`)];
}

function userFaults(last: readonly Instruction[]): string[] {
  const user = last.findLast((one) => one.getKeyword() === 'USER');
  const [name = ''] = user?.getArguments().map((argument) => argument.getValue()) ?? [];
  // Kubernetes cannot tell from a name that a user is not root.
  return /^[1-9]\d*(:\d+)?$/.test(name)
    ? []
    : [user ?? last[0]].flatMap((one) =>
        one ? [said(one, 'it should run as a user by number, not root')] : [],
      );
}

function isShellForm(instruction: Instruction): boolean {
  return (
    ['CMD', 'ENTRYPOINT'].includes(instruction.getKeyword()) &&
    !instruction.getRawArgumentsContent()?.startsWith('[')
  );
}

function runFaults(instruction: Instruction): string[] {
  if (instruction.getKeyword() !== 'RUN') return [];
  const command = instruction.getArgumentsContent() ?? '';
  const faults: string[] = [];
  if (/\bpnpm install\b/.test(command) && !command.includes('--frozen-lockfile'))
    faults.push('pnpm should install from the lock file (--frozen-lockfile)');
  if (/\b(npm|npx)\b[^&|]*\b(install|add|exec)\b/.test(command) && !/@\d/.test(command))
    faults.push('npm should install a pinned version');
  if (
    /\bapt-get install\b/.test(command) &&
    !(command.includes('--no-install-recommends') && command.includes('rm -rf /var/lib/apt/lists'))
  )
    faults.push('apt-get should install with --no-install-recommends and remove its lists');
  if (/\b(curl|wget)\b[^&]*\|\s*(ba)?sh\b/.test(command))
    faults.push('it runs a script that it has just downloaded');
  if (/\bsudo\b/.test(command)) faults.push('it uses sudo');
  return faults.map((fault) => said(instruction, fault));
}
