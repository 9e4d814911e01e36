type Events = { joined: { user: string }; left: { user: string; reason?: string }; tick: number };
type Listener<K extends keyof Events> = (payload: Events[K]) => void;
type Emitter = {
  onJoined: (listener: Listener<"joined">) => () => void;
  onTick: (listener: Listener<"tick">) => () => void;
  joined: (payload: Events["joined"]) => number;
  tick: (n: number) => number;
};
const createEmitter = (): Emitter => {
  const joined = Set<Listener<"joined">>();
  const ticks = Set<Listener<"tick">>();
  return {
    onJoined: (listener) => {
      joined.add(listener);
      return () => { joined.delete(listener); };
    },
    onTick: (listener) => {
      ticks.add(listener);
      return () => { ticks.delete(listener); };
    },
    joined: (payload) => {
      joined.forEach((listener) => listener(payload));
      return joined.size;
    },
    tick: (n) => {
      for (const listener of ticks) listener(n);
      return ticks.size;
    },
  };
};
export function handler(req: Request): Response {
  const seen: string[] = [];
  const emitter = createEmitter();
  const off = emitter.onJoined(({ user }) => { seen.push(`+${user}`); });
  emitter.onTick((n) => { seen.push(`tick ${n.toFixed(1)}`); });
  emitter.joined({ user: "ada" });
  off();
  const left = emitter.joined({ user: "bob" });
  emitter.tick(2);
  return Response.json({ seen, left });
}
