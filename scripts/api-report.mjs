// `npm run api`: writes docs/api.txt, the public interface, from the declarations in dist/.
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import './typescript.mjs';

const {readApi} = await import('./build/types/api-report.ts');
const root = fileURLToPath(new URL('..', import.meta.url));
writeFileSync(`${root}docs/api.txt`, readApi(`${root}dist/types`));
