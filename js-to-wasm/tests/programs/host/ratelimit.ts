// Fixed windows
import { rateCheck, rateReset } from "purview:ratelimit";
function handler(): Response {
  const lines = range(4).map(() => {
    const checked = rateCheck("me", 3, 60);
    return checked.ok ? `${checked.value.remaining} ${checked.value.resetAt > 0}` : `${checked.error.tag} ${checked.error.retryAfter <= 60}`;
  });
  return Response.json([lines, rateCheck("you", 1, 1).ok, rateReset("me"), rateReset("nobody"), rateCheck("me", 3, 60).ok]);
}
