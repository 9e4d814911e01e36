// request: {"url":"/"}
import { rateCheck } from "purview:ratelimit";
const limited = (key: string, next: () => Response): Response => {
  const allowed = rateCheck(key, 10, 60);
  if (!allowed.ok) {
    const { retryAfter } = allowed.error;
    return Response.json({ error: "slow down" }, { status: 429, headers: { "retry-after": String(retryAfter) } });
  }
  const response = next();
  response.headers.set("x-remaining", `${allowed.value.remaining}`);
  return response;
};
export default (req: Request): Response => limited(req.headers.get("x-client") ?? "anon", () => Response.json({ ok: true }));
