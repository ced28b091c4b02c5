import {expect, test} from 'vitest';
import {createTheme} from '../../src/style/theme.js';
import {renderApp, SAMPLE} from '../helpers/render.js';

/** Longer than the pages of the help, which has keys with names like ↑. */
const HELP = ['?', 'pagedown', 'pagedown'] as const;

test('a theme in ASCII is enough: no part of the screen draws anything else', async () => {
  const app = await renderApp(SAMPLE, {columns: 120, rows: 24, theme: createTheme({ascii: true})});
  const frames = [app.frame()];
  for (const keys of [['down'], ['tab'], HELP] as const) {
    await app.press(...keys);
    frames.push(app.frame());
  }
  expect(frames.join('\n').match(/[^\x20-\x7e\n]/g)).toBe(null);
});

test('without a theme, the ascii option decides', async () => {
  const [plain, symbols] = [
    await renderApp(SAMPLE, {columns: 120, rows: 24, ascii: true}),
    await renderApp(SAMPLE, {columns: 120, rows: 24}),
  ];
  expect(plain.frame()).toMatch(/^[\x20-\x7e\n]*$/);
  expect(symbols.frame()).toMatch(/[^\x20-\x7e\n]/);
});
