// The types of highlight.js that lowlight's mention: its own would bring those of the DOM into the whole project
// (`paths` in tsconfig.json).

/** A language: what it is made of is for highlight.js alone. */
export type LanguageFn = (api: never) => object;
