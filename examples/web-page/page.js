// A page that shows the tree of a capture that is dropped on it. The capture stays in the browser.
//
// In a folder with "type": "module" where `npm install memray-tree-ink` was run, a bundler makes it a file that
// `index.html` can load; `npx vite` serves it as it is.
import {readCapture} from 'memray-tree-ink/headless';

const summary = document.querySelector('#summary');
const tree = document.querySelector('#tree');

async function show(file) {
  tree.replaceChildren();
  try {
    const result = await readCapture(file, {
      onProgress: ({bytesRead, totalBytes}) => {
        summary.textContent = `${file.name}: ${Math.round((100 * bytesRead) / totalBytes)} %`;
      },
    });
    const {damage, commandLine} = result.capture;
    summary.textContent = `${file.name}: ${damage?.message ?? commandLine}`;
    tree.append(describe(result.tree, result.tree.root));
  } catch (error) {
    summary.textContent = `${file.name}: ${error.message}`;
  }
}

/** A node and what it calls; children are made when it is opened. Names from a capture are text, never markup. */
function describe(calls, number) {
  const {function: name, file, line, bytes} = calls.getNode(number);
  const node = document.createElement('details');
  const label = document.createElement('summary');
  const place = file ? `  ${file}:${line}` : '';
  label.textContent = `${bytes.toLocaleString('en')} bytes  ${name}${place}`;
  node.append(label);
  node.style.marginLeft = '1em';
  node.addEventListener(
    'toggle',
    () => {
      for (const child of calls.getChildren(number)) node.append(describe(calls, child));
    },
    {once: true},
  );
  return node;
}

document.addEventListener('dragover', event => event.preventDefault());
document.addEventListener('drop', event => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) show(file);
});
document.querySelector('input').addEventListener('change', event => show(event.target.files[0]));
