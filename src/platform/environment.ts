/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Those of this process; a page has none. */
export function getEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}
