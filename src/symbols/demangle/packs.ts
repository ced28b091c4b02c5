import {doubt} from './mangled.js';
import type {Node} from './node.js';
import type {Output} from './output.js';

/** What a template parameter stands for: an argument, or the list of a pack. */
function lookUpParameter(output: Output, parameter: Node): Node {
  const {scope} = output;
  if (!scope) return doubt();
  return scope.template.right?.items[parameter.number] ?? doubt();
}

/** The same, of a pack that argument whose turn it is. */
export function lookUpArgument(output: Output, parameter: Node): Node {
  const argument = lookUpParameter(output, parameter);
  if (argument.kind !== 'list' || output.packIndex < 0) return argument;
  return argument.items[output.packIndex] ?? doubt();
}

/** The first pack of arguments in a pattern, null where there is none. */
export function findPack(output: Output, node: Node | null): Node | null {
  if (!node) return null;
  output.step();
  switch (node.kind) {
    case 'parameter': {
      const argument = lookUpParameter(output, node);
      return argument.kind === 'list' ? argument : null;
    }
    case 'packExpansion':
    case 'lambda':
    case 'name':
    case 'tagged':
    case 'operator':
    case 'builtin':
    case 'standard':
    case 'functionParameter':
    case 'unnamed':
    case 'defaultArgument':
      return null;
    default:
      return findPackInside(output, node);
  }
}

function findPackInside(output: Output, node: Node): Node | null {
  const pack = findPack(output, node.left) ?? findPack(output, node.right);
  if (pack) return pack;
  for (const item of node.items) {
    const inside = findPack(output, item);
    if (inside) return inside;
  }
  return null;
}
