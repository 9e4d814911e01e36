// Map: keys of every kind
function handler(): Response {
  const key = { k: 1 };
  const m = Map();
  m.set(1, "number");
  m.set("1", "text");
  m.set(true, "true");
  m.set(undefined, "undefined");
  m.set(NaN, "nan");
  m.set(0, "zero");
  m.set(key, "object");
  const lines = [
    `${m.get(1)}`,
    `${m.get("1")}`,
    `${m.get(true)}`,
    `${m.get(undefined)}`,
    `${m.get(NaN)}`,
    `${m.get(-0)}`,
    `${m.get(key)}`,
    `${m.get({})}`,
    JSON.stringify(m.size),
  ];
  return Response.text(lines.join("\n"));
}
