// A linked list
function handler(): Response {
  type Node = { value: number; next?: Node };
  const build = (n: number): Node | undefined => n === 0 ? undefined : { value: n, next: build(n - 1) };
  const list = (node: Node | undefined): number[] => node === undefined ? [] : [node.value, ...list(node.next)];
  const lines = [
    JSON.stringify(list(build(5))),
  ];
  return Response.text(lines.join("\n"));
}
