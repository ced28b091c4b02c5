/** What is needed of the process. */
export interface DirectoryHost {
  cwd(): string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes `cwd()` answer even when the current directory has been deleted. Libraries and `path.resolve` ask for it, some when
 * they are loaded, and Node's answer then is an exception. The answer is the last known name, or the one that the shell knows: a
 * directory of that name may have been created again, and where not, nothing is found in it.
 */
export function tolerateMissingDirectory(host: DirectoryHost): void {
  const {cwd} = host;
  let known = host.env.PWD ?? '/';
  host.cwd = () => {
    try {
      known = cwd.call(host);
    } catch {
      // It is gone; see above.
    }
    return known;
  };
}
