// A machine of states
const next = (state: string, event: string): string => match ({ state, event }) {
  when { state: "locked", event: "c" }: "open"
  when { state: "open", event: "p" }: "locked"
  default: state
};
function handler(): Response {
  const lines = [
    JSON.stringify("ccpcp".split("").reduce(next, "locked")),
    JSON.stringify([..."cp"].map((e) => next("locked", e))),
  ];
  return Response.text(lines.join("\n"));
}
