// match with patterns of lists
function handler(): Response {
  const f = (v: unknown): string => match (v) {
    when []: "empty"
    when [1, _]: "one and any"
    when [, -2]: "any and minus two"
    when ["first", ..._]: "first and more"
    when [undefined, true]: "undefined and true"
    when [_, _, _]: "three"
    when [..._]: "a list"
    default: "no list"
  };
  const lines = [
    JSON.stringify([[], [1, 2], [1, undefined], [0, -2], ["first"], ["first", 2, 3], [undefined, true], [1, 2, 3], [1]].map(f)),
    JSON.stringify(["ab", "", 1, undefined, {}, { length: 0 }, { length: 2, 0: 1, 1: 2 }].map(f)),
    JSON.stringify(f(Uint8Array(2))),
    JSON.stringify(f(JSON.parse("[null, true]"))),
  ];
  return Response.text(lines.join("\n"));
}
