// What outlives a request
let hits = 0;
const seen: string[] = [];
const users = Map<string, { visits: number }>();
const state = { last: "", deep: { list: [1] } };
const log = (line: string) => { seen.push(line); };
const touch = (user: { visits: number }) => { user.visits = user.visits + 1; };
const build = (): number[] => { const own: number[] = []; own.push(1); return own; };
const built = build();
export function handler(req: Request): Response {
  hits += 1;
  state.last = req.path;
  state.deep.list[0] = 2;
  log(req.path);
  users.set("a", { visits: 0 });
  const user = users.get("a");
  if (user !== undefined) { touch(user); }
  const { deep } = state;
  deep.list.sort();
  const copy = [...seen];
  copy.push("fine");
  for (const one of users.values()) { one.visits = 0; }
  const alias = built;
  alias.pop();
  return Response.json({ hits, copy });
}
