// A tree of objects
function handler(): Response {
  type Tree = { value: number; children: Tree[] };
  const leaf = (value: number): Tree => ({ value, children: [] });
  const tree: Tree = { value: 1, children: [leaf(2), { value: 3, children: [leaf(4)] }] };
  const sum = (t: Tree): number => t.value + t.children.reduce((total, child) => total + sum(child), 0);
  const depth = (t: Tree): number => 1 + t.children.reduce((most, child) => Math.max(most, depth(child)), 0);
  const lines = [
    JSON.stringify(sum(tree)),
    JSON.stringify(depth(tree)),
  ];
  return Response.text(lines.join("\n"));
}
