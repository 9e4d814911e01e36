// What an operator sets and sees: two variables of the environment, a line of the log for each answer, and a limit for each client. The
// variables and the cache namespace `ratelimit` are what a policy has to grant.
import { env } from "purview:env";
import { logError, logInfo, logWarn } from "purview:log";
import { rateCheck, rateReset } from "purview:ratelimit";

/** As many greetings in a minute as the operator allows. */
function allowance(): number {
  const set = Number(env("GREETINGS_PER_MINUTE") ?? "2");
  if (Number.isInteger(set) && set > 0) {
    return set;
  }
  logError("GREETINGS_PER_MINUTE is not a whole number above 0");
  return 1;
}

function greet(client: string): Response {
  const checked = rateCheck(client, allowance(), 60);
  if (checked.ok) {
    logInfo("greeted", { client, remaining: checked.value.remaining });
    const greeting = env("GREETING") ?? "hello";
    return Response.text(`${greeting}, ${client}`, { headers: { "x-remaining": `${checked.value.remaining}` } });
  }
  const { tag, retryAfter } = checked.error;
  logWarn("not greeted", { client, tag });
  return tag === "rate_exceeded"
    ? Response.text("that was enough for now", { status: 429, headers: { "retry-after": `${retryAfter}` } })
    : Response.text("nobody counts", { status: 503 });
}

export function handler(request: Request): Response {
  const client = request.headers.get("x-client") ?? "nobody";
  return match (`${request.method} ${request.path}`) {
    when "GET /": greet(client)
    when "DELETE /limit": rateReset(client) ? Response.text("as new") : Response.text("nothing was counted", { status: 404 })
    default: Response.text("nothing here", { status: 404 })
  };
}
