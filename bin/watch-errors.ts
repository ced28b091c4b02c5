/** What is needed of the process. */
export interface ErrorHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderr: {write(text: string, callback: () => void): unknown};
  on(event: string, listener: (error: unknown) => void): unknown;
  exit(code: number): void;
}

/**
 * Ends the process with one line and exit code 1 after an error that nothing else handled. The screen adds a
 * listener of its own before this one, since it has to give the terminal back first.
 */
export function watchUnexpectedErrors(host: ErrorHost): void {
  const fail = async (error: unknown): Promise<void> => {
    // Loaded only now: hardly any run needs it.
    const {formatUnexpectedError} = await import('./unexpected-error.js');
    host.stderr.write(`${formatUnexpectedError(error, host.env)}\n`, () => host.exit(1));
  };
  const listener = (error: unknown): void => void fail(error).catch(() => host.exit(1));
  host.on('uncaughtException', listener);
  host.on('unhandledRejection', listener);
}
