// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync("http://2130706433/");
  return Response.text(r.statusText);
}
