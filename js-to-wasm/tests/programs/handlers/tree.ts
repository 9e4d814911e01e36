interface TreeNode<T> {
  value: T;
  children: TreeNode<T>[];
}

const node = <T,>(value: T, ...children: TreeNode<T>[]): TreeNode<T> => ({ value, children });

function mapTree<T, U>(tree: TreeNode<T>, f: (value: T, depth: number) => U, depth = 0): TreeNode<U> {
  return { value: f(tree.value, depth), children: tree.children.map((child) => mapTree(child, f, depth + 1)) };
}

function flatten<T>(tree: TreeNode<T>): T[] {
  return [tree.value, ...tree.children.flatMap((child) => flatten(child))];
}

function depthOf<T>(tree: TreeNode<T>): number {
  return 1 + tree.children.reduce((deepest, child) => Math.max(deepest, depthOf(child)), 0);
}

function findIn<T>(tree: TreeNode<T>, test: (value: T) => boolean): T | undefined {
  if (test(tree.value)) {
    return tree.value;
  }
  for (const child of tree.children) {
    const found = findIn(child, test);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

export function handler(req: Request): Response {
  const tree = node("root", node("a", node("a1"), node("a2")), node("b"));
  const lengths = mapTree(tree, (value, depth) => value.length + depth);
  return Response.json({
    names: flatten(tree),
    total: flatten(lengths).reduce((a, b) => a + b),
    depth: depthOf(tree),
    found: findIn(tree, (value) => value.startsWith("a"))?.toUpperCase() ?? "nothing",
  });
}
