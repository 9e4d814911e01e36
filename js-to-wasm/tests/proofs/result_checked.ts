// {"proven": ["result_safe"]}
import { jwtVerify } from "purview:auth";
export function handler(req: Request): Response {
  const r = jwtVerify(req.path, "k");
  if (!r.ok) { return Response.text(r.error, { status: 401 }); }
  return Response.json(r.value);
}
