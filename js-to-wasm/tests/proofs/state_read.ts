// {"proven": ["state_isolated"]}
const list = [1, 2];
export function handler(req: Request): Response {
  return Response.text(`${list.length}`);
}
