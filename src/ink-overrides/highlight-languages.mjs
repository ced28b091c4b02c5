// Stands in for highlight.js in the bundles: its core with the languages that captures name sources in.
import highlight from 'highlight.js/lib/core';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import python from 'highlight.js/lib/languages/python';

highlight.registerLanguage('python', python);
highlight.registerLanguage('c', c);
highlight.registerLanguage('cpp', cpp);

// A language is made ready at its first use, which takes as long as a frame may: better here, where nobody waits, than in a frame.
highlight.highlight('', {language: 'python'});

export default highlight;
export const {highlight: highlightCode, highlightAuto, listLanguages, getLanguage} = highlight;
export {highlightCode as highlight};
