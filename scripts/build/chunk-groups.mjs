// Which modules go into one file. Loading a file costs about half a millisecond, and the bundler would make
// one for each set of modules that the same entries need: more than twenty for a report.
import {rolldown} from 'rolldown';

/** Everything of the command line that starts: `dynamic` ones are imported when they are needed. */
const entries = {
  start: 'bin/main.ts',
  report: 'bin/run-report.ts',
  text: 'bin/text-report.ts',
  screen: 'bin/run-interactive.tsx',
  worker: 'src/reader/worker.ts',
};

/**
 * Groups for the bundler's option `codeSplitting`: what every command needs; what reports and the screen have in common,
 * at once and later; what only the screen needs; what else reading needs. Of each, what the library needs too is in a file of its own,
 * without the rest. Each is closed under static imports together with those before it.
 * @param options of the build
 * @param library the inputs that are the library, by name
 * @returns the groups, and the ids of all modules of the library
 */
export async function createChunkGroups(options, library) {
  const bundle = await rolldown({...options, input: {...entries, ...library}});
  const {output} = await bundle.generate({format: 'esm'});
  await bundle.close();
  const chunks = new Map(output.filter(({type}) => type === 'chunk').map(chunk => [chunk.fileName, chunk]));
  const collect = (name, collectImports) => {
    const entry = [...chunks.values()].find(chunk => chunk.isEntry && chunk.name === name);
    return collectModules(chunks, entry.fileName, collectImports);
  };
  const [start, report, text, screen, worker] = Object.keys(entries).map(name =>
    collect(name, getStaticImports),
  );
  const collectAll = names => new Set(names.flatMap(name => [...collect(name, getAllImports)]));
  const libraryModules = collectAll(Object.keys(library));
  const withoutScreen = collectAll(['report', 'text', 'worker']);
  // The text report is small: with the rest of reading it is two files less.
  const reading = new Set([...report, ...text, ...worker]);
  const groups = [
    ...splitGroup('start', 9, id => start.has(id), libraryModules),
    ...splitGroup('shared', 7, id => screen.has(id) && reading.has(id), libraryModules),
    ...splitGroup('later', 5, id => screen.has(id) && withoutScreen.has(id), libraryModules),
    ...splitGroup('screen', 3, id => screen.has(id), libraryModules),
    ...splitGroup('reading', 1, id => reading.has(id), libraryModules),
  ];
  return {groups, libraryModules};
}

const getStaticImports = chunk => chunk.imports;
const getAllImports = chunk => [...chunk.imports, ...chunk.dynamicImports];

/** The modules of a chunk and of all that it imports. */
function collectModules(chunks, fileName, getImports, modules = new Set(), seen = new Set()) {
  if (seen.has(fileName) || !chunks.has(fileName)) return modules;
  seen.add(fileName);
  const chunk = chunks.get(fileName);
  for (const id of chunk.moduleIds) modules.add(id);
  for (const imported of getImports(chunk)) collectModules(chunks, imported, getImports, modules, seen);
  return modules;
}

/** Of the groups that a module fits, the one of the highest priority gets it. */
function splitGroup(name, priority, test, libraryModules) {
  return [
    {name, priority: priority + 1, test: id => test(id) && libraryModules.has(id), minSize: 0},
    {name, priority, test, minSize: 0},
  ];
}
