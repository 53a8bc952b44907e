import {
  ChangedMigrationError,
  FailedMigrationError,
  ForeignTablesError,
  MissingColumnsError,
} from '@airline/database';
import { StartError } from '../errors/start-error.ts';

/** A database that could not be opened. */
export interface Unopened {
  /** For people: without credentials. */
  readonly database: string;
  /** The variables that say where it is: `DATA_DIR or FLIGHT_DB_URL`. */
  readonly variables: string;
}

type Remedy = (variables: string) => string;

const login: Remedy = (variables) =>
  `Correct the user and password in ${variables}, or PGUSER and PGPASSWORD, or let the role log in.`;
const certificate: Remedy = (variables) =>
  `Correct the server's certificate, or sslmode and sslrootcert in ${variables}.`;

/** By SQLSTATE, a code of SQLite, the system or TLS, or what pg says without a code. */
const remedies: readonly (readonly [RegExp, Remedy])[] = [
  [
    /^42501/,
    () =>
      'Grant the role what it lacks: `create` on the database, for the schema of the service, or that schema with its tables.',
  ],
  [/^28|password must be a string/, login],
  [
    /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08|57P)/,
    (variables) => `Start it, or correct its host and port in ${variables}.`,
  ],
  [/^3D000/, (variables) => `Create it (createdb), or correct its name in ${variables}.`],
  [
    /^(SQLITE_NOTADB|SQLITE_CORRUPT)/,
    (variables) => `Restore it from a backup or move it away, or set ${variables} to another place.`,
  ],
  [/^(SQLITE_FULL|SQLITE_IOERR|ENOSPC|EDQUOT)/, () => 'Correct its disk: it is full or fails.'],
  [/^SQLITE_BUSY/, () => 'Stop the process that has locked it.'],
  [
    /^(EEXIST|ENOTDIR)/,
    (variables) => `A file has the name of its folder: move the file, or set ${variables} to another place.`,
  ],
  [
    /^(EACCES|EPERM|EROFS|SQLITE_(CANTOPEN|READONLY|PERM))/,
    (variables) =>
      `It takes a folder in which this account may write: correct its permissions, or set ${variables} to another place.`,
  ],
  [/CERT|SSL|TLS|UNABLE_TO/i, certificate],
];

/** The error to throw for a database that cannot be opened: the cause in a sentence, and what to do about it. */
export function databaseFault(error: unknown, { database, variables }: Unopened): StartError {
  const causes = error instanceof AggregateError ? error.errors : [error];
  const reason = causes.map((cause) => (cause instanceof Error ? cause.message : String(cause))).join(', ');
  const remedy = remedyOf(error) ?? remedyByCode(error, reason, variables);
  return new StartError(`Cannot open the database ${database}: ${reason.replace(/\.$/, '')}. ${remedy}`);
}

function remedyByCode(error: unknown, reason: string, variables: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : reason;
  const known = remedies.find(([pattern]) => pattern.test(code));
  return known ? known[1](variables) : `Correct it, or ${variables}.`;
}

/** What to do about a migration that is not applied. */
function remedyOf(error: unknown): string | undefined {
  if (error instanceof ChangedMigrationError) {
    return (
      'Restore it as it was, and change the tables by a further one: npm run migrations -- <name>. If it was not pushed yet, ' +
      'delete the database instead, which loses its rows.'
    );
  }
  if (error instanceof FailedMigrationError)
    return 'Nothing of it was applied: correct it, or the rows that it refuses.';
  if (error instanceof ForeignTablesError)
    return 'Give it a database of its own, or move aside what this one has.';
  if (error instanceof MissingColumnsError) {
    return (
      'Make a migration, which the next start applies: npm run migrations -- NAME. If a newer release has dropped ' +
      'what is missing, start that one.'
    );
  }
  return undefined;
}
