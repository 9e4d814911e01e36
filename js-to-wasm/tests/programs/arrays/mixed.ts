// Array: mixed
function handler(): Response {
  const lines = [
    JSON.stringify([1, "a", true, undefined, [2], { b: 3 }]),
    JSON.stringify([1, "a", true].map((x) => typeof x)),
  ];
  return Response.text(lines.join("\n"));
}
