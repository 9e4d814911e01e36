type State =
  | { kind: "idle" }
  | { kind: "loading"; startedAt: number }
  | { kind: "done"; result: string }
  | { kind: "failed"; reason: string; retries: number };

type Event = { type: "start"; at: number } | { type: "finish"; result: string } | { type: "fail"; reason: string } | { type: "retry" };

const initial: State = { kind: "idle" };

function next(state: State, event: Event): State {
  switch (event.type) {
    case "start":
      return state.kind === "idle" ? { kind: "loading", startedAt: event.at } : state;
    case "finish":
      return state.kind === "loading" ? { kind: "done", result: event.result } : state;
    case "fail": {
      const retries = state.kind === "failed" ? state.retries + 1 : 0;
      return { kind: "failed", reason: event.reason, retries };
    }
    case "retry":
      return state.kind === "failed" ? initial : state;
    default:
      return state;
  }
}

const describe = (state: State): string =>
  match (state) {
    when { kind: "idle" }: "waiting"
    when { kind: "loading" }: `since ${state.startedAt}`
    when { kind: "done" }: state.result
    when { kind: "failed" }: `${state.reason} (${state.retries})`
  };

export function handler(req: Request): Response {
  const events: Event[] = [
    { type: "start", at: 1 },
    { type: "fail", reason: "network" },
    { type: "retry" },
    { type: "start", at: 2 },
    { type: "finish", result: "ok" },
  ];
  let state: State = initial;
  const trail: string[] = [];
  for (const event of events) {
    state = next(state, event);
    trail.push(describe(state));
  }
  return Response.json({ trail, last: state.kind });
}
