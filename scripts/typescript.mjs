// Lets Node run the project's TypeScript as it is: relative imports end in `.js`, the files in `.ts`.
import {registerHooks} from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith('.') && /(?<!\/node_modules\/.*)\.ts$/.test(context.parentURL ?? '');
    return next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
