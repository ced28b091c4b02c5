import {realpathSync} from 'node:fs';

/** What is needed of the process. */
export interface DirectoryHost {
  cwd(): string;
  chdir(path: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Asks the system. Node's own answer is an old one. Throws if the directory was deleted. */
const findPresent = (): string => realpathSync.native('.');

/** The current directory, which may be deleted at any time. */
export interface CurrentDirectory {
  /**
   * Whether it was deleted. If so the process goes elsewhere, since Node cannot start a worker in it; from
   * then on a relative path must be resolved (`path.resolve`) before it is opened.
   */
  leaveIfDeleted(): boolean;
}

/**
 * Makes `process.cwd()` answer even when the current directory was deleted: libraries and `path.resolve` ask
 * for it, some as soon as they are loaded, and Node's answer then is an exception. The answer is the last
 * known name, at first the one that the shell gave: a directory of that name may have been created again. If
 * not, nothing will be found in it.
 */
export function watchCurrentDirectory(host: DirectoryHost, find = findPresent): CurrentDirectory {
  const {cwd} = host;
  let known = host.env.PWD ?? '/';
  let hasLeft = false;
  host.cwd = () => {
    if (!hasLeft) known = orElse(() => cwd.call(host), known);
    return known;
  };
  return {
    leaveIfDeleted() {
      if (hasLeft) return true;
      const present = orElse<string | null>(find, null);
      known = present ?? host.cwd();
      if (present !== null) return false;
      hasLeft = true;
      host.chdir('/');
      return true;
    },
  };
}

function orElse<T>(get: () => T, otherwise: T): T {
  try {
    return get();
  } catch {
    return otherwise;
  }
}
