// comptime gives what the expression gives
function handler(): Response {
  const lines = [
    JSON.stringify(comptime(1 + 2 * 3)),
    JSON.stringify(comptime("hello".toUpperCase())),
    JSON.stringify(comptime(Math.PI)),
    JSON.stringify(comptime({ timeout: 30, list: [1, "a"] })),
    JSON.stringify(comptime(2 ** 10 > 1000 ? "big" : "small")),
    `${comptime(1 / 0)}`,
    JSON.stringify(comptime("a,b".split(","))),
    JSON.stringify(comptime(Math.max(1, 5, 3))),
  ];
  return Response.text(lines.join("\n"));
}
