import fc from 'fast-check';

/**
 * Trees as a host may hand them over by mistake: right ones, and ones with missing fields, wrong types,
 * numbers that are none, nodes with several parents, and cycles.
 */
export function arbitraryHostTree(): fc.Arbitrary<unknown> {
  return fc.oneof(
    {weight: 6, arbitrary: arbitraryNested()},
    {weight: 3, arbitrary: arbitraryNumbered()},
    {weight: 1, arbitrary: fc.anything()},
  );
}

const anyNumber = fc.oneof(
  {weight: 6, arbitrary: fc.integer({min: 0, max: 1e9})},
  {weight: 1, arbitrary: fc.constantFrom(Number.NaN, -1, -1e300, Infinity, -Infinity, 1.5, 1e308, 5e-324)},
);

const anyName = fc.oneof(
  {weight: 6, arbitrary: fc.string({unit: 'binary', maxLength: 12})},
  {weight: 1, arbitrary: fc.constantFrom(null, undefined, 5, Symbol('name'), {toString: null})},
);

const anyFlag = fc.oneof(fc.boolean(), fc.constantFrom(undefined, null, 0, 'yes'));

/** A node without children, with fields that are mostly right. */
const anyNode = fc.record(
  {
    name: anyName,
    value: anyNumber,
    file: fc.oneof(fc.string(), fc.constantFrom(null, 7)),
    line: fc.oneof(fc.nat(), anyNumber),
    selfValue: anyNumber,
    allocations: anyNumber,
    threads: fc.oneof(fc.array(fc.string()), fc.constantFrom(null, 'main', [1])),
    interesting: anyFlag,
    importSystem: anyFlag,
    elided: anyFlag,
  },
  {requiredKeys: []},
);

const plainNode = fc.record({name: fc.string({unit: 'binary'}), value: fc.nat()});

/**
 * Objects whose children are any of them, themselves included; of some the fields are getters, some are
 * frozen.
 */
function arbitraryNested(): fc.Arbitrary<unknown> {
  const links = fc.array(fc.tuple(fc.nat(), fc.nat()), {maxLength: 12});
  const nodes: fc.Arbitrary<readonly object[]> = fc.oneof(
    fc.array(plainNode, {minLength: 1, maxLength: 10}),
    fc.array(anyNode, {minLength: 1}),
  );
  const form = fc.constantFrom('plain', 'frozen', 'getters', 'class');
  return fc
    .record({nodes, links, isTree: fc.boolean(), form, odd: fc.option(fc.anything())})
    .map(({nodes: fields, links: pairs, isTree, form: shape, odd}) => {
      const children = fields.map((): unknown[] => []);
      const built = fields.map((field, index) => shapeNode({...field, children: children[index]}, shape));
      for (const [from, to] of pairs) {
        const parent = from % built.length;
        // Links to later nodes only make no cycle.
        const child = isTree ? parent + 1 + (to % built.length) : to % built.length;
        if (child < built.length) children[parent]!.push(built[child]);
      }
      if (odd !== null) children.at(-1)!.push(odd);
      return built[0];
    });
}

function shapeNode(node: Readonly<Record<string, unknown>>, form: string): unknown {
  if (form === 'plain') return node;
  if (form === 'frozen') return Object.freeze(node);
  const properties = Object.entries(node).map(([name, value]) => [name, {get: () => value}]);
  const described = Object.fromEntries(properties);
  return form === 'getters' ? Object.defineProperties({}, described) : Object.create(node);
}

/** Trees given by two functions, whose answers may be of any kind. */
function arbitraryNumbered(): fc.Arbitrary<unknown> {
  const children = fc.oneof(
    {weight: 8, arbitrary: fc.array(fc.nat({max: 12}), {maxLength: 4})},
    {weight: 1, arbitrary: fc.constantFrom(null, undefined, 3, 'ab', [Number.NaN], ['x'], [-1], [1.5])},
  );
  return fc
    .record({
      root: fc.oneof(fc.constantFrom(0, 7), fc.constantFrom(Number.NaN, null, 'x')),
      lists: fc.array(children, {minLength: 1, maxLength: 8}),
      nodes: fc.array(fc.oneof(plainNode, anyNode), {minLength: 1, maxLength: 8}),
      isTree: fc.boolean(),
    })
    .map(({root, lists, nodes, isTree}) => ({
      root,
      getNode: (node: number) => nodes[node % nodes.length],
      getChildren(node: number) {
        const list = lists[node % lists.length];
        return isTree && Array.isArray(list) ? list.filter(child => Number(child) > node) : list;
      },
    }));
}
