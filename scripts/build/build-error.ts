/** Its message is one line for the person who builds. */
export class BuildError extends Error {}
