// {"refused": "JS238", "open": {"state_isolated": "writes to what outlives the request"}}
const box = { inner: { list: [1] } };
const take = (): { list: number[] } => box.inner;
export function handler(req: Request): Response {
  const l = take().list;
  l.push(2);
  return Response.text(`${l.length}`);
}
