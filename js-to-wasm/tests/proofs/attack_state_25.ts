// {"refused": "JS238", "open": {"state_isolated": ""}}
const conf: { n?: number } = {};
export function handler(req: Request): Response {
  conf.n = 1;
  return Response.json(conf);
}
