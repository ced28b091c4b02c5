// Replaces react-devtools-core, which Ink connects to during development only.
export default undefined;
