// Error and its kinds are values
function handler(): Response {
  const lines = [
    JSON.stringify(Error("a").message),
    JSON.stringify(TypeError("b").message),
    JSON.stringify(RangeError("c").name),
    JSON.stringify(Error("d").name),
    JSON.stringify(SyntaxError("e").message),
    JSON.stringify(ReferenceError("f").name),
  ];
  return Response.text(lines.join("\n"));
}
