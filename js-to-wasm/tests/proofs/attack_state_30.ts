// {"refused": "JS238", "open": {"state_isolated": ""}}
const answer = Response.text("a");
export function handler(req: Request): Response {
  answer.headers.set("x", req.path);
  return answer;
}
