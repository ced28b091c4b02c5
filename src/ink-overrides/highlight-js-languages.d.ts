declare module 'highlight.js/lib/languages/*' {
  const language: (api: never) => object;
  export default language;
}
