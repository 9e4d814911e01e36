// String: split, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".split(" ")),
    JSON.stringify("Grüße, 世界 😀!".split("")),
    JSON.stringify("Grüße, 世界 😀!".split("o")),
    JSON.stringify("Grüße, 世界 😀!".split("zz")),
    JSON.stringify("Grüße, 世界 😀!".split(" ", 1)),
    JSON.stringify("".split(",")),
    JSON.stringify("".split("")),
    JSON.stringify(",a,,b,".split(",")),
  ];
  return Response.text(lines.join("\n"));
}
