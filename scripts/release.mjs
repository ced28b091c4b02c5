// `npm run release -- --tag v1.2.3`: builds, and fills release/ with what is published. The workflow publishes it.
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import './build.mjs';
import './typescript.mjs';

const {findObstacles, stagePackage} = await import('./release/stage.ts');
const root = fileURLToPath(new URL('..', import.meta.url));
const {values} = parseArgs({options: {tag: {type: 'string', default: 'no tag'}}});
const obstacles = findObstacles(root, values.tag);
for (const obstacle of obstacles) process.stderr.write(`release: ${obstacle}\n`);
if (obstacles.length === 0) stagePackage(root, `${root}release`);
else process.exitCode = 1;
