// {"refused": "JS238", "open": {"state_isolated": ""}}
const conf = { deep: { n: 1 } };
export function handler(req: Request): Response {
  const { deep } = conf;
  deep.n = 2;
  return Response.json(conf);
}
