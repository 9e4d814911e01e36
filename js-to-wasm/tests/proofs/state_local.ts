// {"proven": ["state_isolated"]}
export function handler(req: Request): Response {
  let n = 0;
  n = n + 1;
  const list: number[] = [];
  list.push(n);
  return Response.text(`${list.length}`);
}
