import {readExpression, readLiteral} from './expressions.js';
import {doubt, type Mangled} from './mangled.js';
import {makeList, makeNode, type Node} from './node.js';
import {readType} from './types.js';

/** `I` or `J`, arguments, `E`. */
export function readTemplateArguments(mangled: Mangled): Node {
  if (!mangled.accept('I') && !mangled.accept('J')) doubt();
  return readTemplateArgumentsInside(mangled);
}

/** The same after the first letter. */
export function readTemplateArgumentsInside(mangled: Mangled): Node {
  mangled.enter();
  const {lastName} = mangled;
  const items: Node[] = [];
  while (!mangled.accept('E')) items.push(readTemplateArgument(mangled));
  mangled.lastName = lastName;
  mangled.leave();
  return makeList(items);
}

export function readTemplateArgument(mangled: Mangled): Node {
  switch (mangled.peek()) {
    case 'X': {
      mangled.at++;
      const expression = readExpression(mangled);
      mangled.expect('E');
      return expression;
    }
    case 'L':
      return readLiteral(mangled);
    case 'I':
    case 'J':
      return readTemplateArguments(mangled);
    default:
      return readType(mangled);
  }
}

/** `T_`, `T0_` … */
export function readTemplateParameter(mangled: Mangled): Node {
  mangled.expect('T');
  return makeNode('parameter', null, null, '', mangled.readCompactNumber());
}
