// Programs that use the package as its documentation shows it, as text: tests and the install matrix write them beside
// an installed copy.

/** Uses every part of the package as its documentation shows it. */
export const CONSUMER = `
import {render} from 'ink';
import {SourcePanel, StatusBar, TreeStoreProvider, TreeView, createTreeStore, loadCapture, type TreeStore} from 'memray-tree-ink';
import {readCapture, toJson, toText} from 'memray-tree-ink/headless';
import {renderFrame} from 'memray-tree-ink/testing';

const {tree, capture, damage} = await readCapture('results.bin', {biggestAllocs: 200});
render(<TreeView tree={tree} width={80} height={24} onSelect={node => console.log(node.function?.length, node.bytes + 1)} />);
const store: TreeStore = createTreeStore({name: 'results.bin'});
await loadCapture(store, 'results.bin');
render(
  <TreeStoreProvider store={store}>
    <TreeView />
    <SourcePanel width={40} height={20} />
    <StatusBar width={80} />
  </TreeStoreProvider>,
);
const result = await readCapture(new Uint8Array());
const lines: string[] = [toJson(result), toText(result), String(capture.pid), damage?.message ?? ''];
const app = renderFrame(<TreeView tree={tree} />, {columns: 80, rows: 24});
await app.press('down');
export const frame: string = app.frame() + lines.join();

// Trees of its own: the callbacks get its own nodes.
interface Entry {
  readonly name: string;
  readonly value: number;
  readonly path: string;
  readonly children?: readonly Entry[];
}
const files: Entry = {name: 'src', value: 1, path: '/src'};
export const views = [
  <TreeView tree={files} onSelect={({path}) => path.length} onToggle={({path}, isOpen) => [path, isOpen]} />,
  <TreeView tree={{name: 'src', value: 2, children: [{name: 'a', value: 2, path: 'a'}]}} onSelect={({name, value, path}) => [name, value, path?.length]} />,
  <TreeView tree={{root: 0, getChildren: () => [], getNode: () => files}} onSelect={({path}) => path} />,
  <TreeView tree={null} />,
];
createTreeStore({tree: files}).actions.setTree({name: 'other', value: 1});
`;

/** Uses what needs no React. */
export const HEADLESS_CONSUMER = `
import {CaptureError, readCapture, toJson, toText, type CallNode} from 'memray-tree-ink/headless';

const result = await readCapture('results.bin', {onProgress: ({bytesRead}) => bytesRead.toFixed()}).catch((error: unknown) => {
  if (error instanceof CaptureError) return null;
  throw error;
});
export const root: CallNode | undefined = result?.tree.getNode(0);
export const text = result === null ? '' : toJson(result) + toText(result, {depth: 3});
`;

/** Options of the compiler, by who resolves modules. */
export const COMPILERS = {
  Node: {module: 'nodenext', target: 'es2024'},
  'a bundler': {module: 'preserve', moduleResolution: 'bundler', target: 'esnext'},
};

/** JavaScript: reads the capture that it is given, moves the cursor in a tree of it, and prints the frame. */
export const LIBRARY_USER = `
import {TreeView} from 'memray-tree-ink';
import {readCapture} from 'memray-tree-ink/headless';
import {renderFrame} from 'memray-tree-ink/testing';
import {createElement} from 'react';

const {tree} = await readCapture(process.argv[2]);
const app = renderFrame(createElement(TreeView, {tree}), {columns: 100, rows: 12});
await app.waitFor('<ROOT>');
await app.press('down');
process.stdout.write(app.frame() + '\\n');
await app.unmount();
`;
