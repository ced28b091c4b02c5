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
 * without the rest, and of that, what a page
 * could not load. Each is closed under static imports together with those before it.
 * @param options of the build
 * @param library the inputs that are the library, by name
 * @returns the groups, and the ids of all modules of the library
 */
export async function createChunkGroups(options, library) {
  const graph = new ImportGraph();
  const bundle = await rolldown({
    ...options,
    input: {...entries, ...library},
    plugins: [...options.plugins, graph.plugin],
  });
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
  const pageModules = collectAll(Object.keys(library).filter(isForPages));
  const portable = libraryModules.difference(graph.listNodeUsers()).union(pageModules);
  // The text report is small: with the rest of reading it is two files less.
  const reading = new Set([...report, ...text, ...worker]);
  const isStart = id => start.has(id);
  const isShared = id => screen.has(id) && reading.has(id);
  const groups = [
    {name: 'start', test: id => isStart(id) && portable.has(id)},
    {name: 'shared', test: id => isShared(id) && portable.has(id)},
    // What of these needs Node is small: together it is one file less.
    {name: 'start', test: id => (isStart(id) || isShared(id)) && libraryModules.has(id)},
    {name: 'start', test: isStart},
    {name: 'shared', test: isShared},
    ...splitGroup('later', id => screen.has(id) && withoutScreen.has(id), [portable, libraryModules]),
    ...splitGroup('screen', id => screen.has(id), [portable, libraryModules]),
    ...splitGroup('reading', id => reading.has(id), [portable, libraryModules]),
  ];
  return {
    groups: groups.map((group, index) => ({...group, priority: groups.length - index, minSize: 0})),
    libraryModules,
  };
}

/** What pages load; the forms for Node are others. */
const isForPages = name => name === 'headless' || name.startsWith('browser/');

/** Who imports a module. */
class ImportGraph {
  #importers = new Map();
  /** To be one of the bundler's. */
  plugin = {
    name: 'import-graph',
    moduleParsed: ({id, importedIds, dynamicallyImportedIds}) => {
      for (const imported of [...importedIds, ...dynamicallyImportedIds])
        this.#importers.set(imported, [...(this.#importers.get(imported) ?? []), id]);
    },
  };

  /** All modules that import one of Node's, or what does, at once or later, used or not. */
  listNodeUsers() {
    const users = new Set([...this.#importers.keys()].filter(id => id.startsWith('node:')));
    for (const user of users) for (const importer of this.#importers.get(user) ?? []) users.add(importer);
    return users;
  }
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

/** Of the groups that a module fits, the bundler takes the first one. */
function splitGroup(name, test, parts) {
  return [...parts.map(part => ({name, test: id => test(id) && part.has(id)})), {name, test}];
}
