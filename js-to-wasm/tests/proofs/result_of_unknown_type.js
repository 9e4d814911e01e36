// {"open": {"result_safe": "takes apart a result"}}
import { jwtVerify } from "purview:auth";
const take = (r) => r.value;
export function handler(req) {
  return Response.json(take(jwtVerify(req.path, "k")));
}
