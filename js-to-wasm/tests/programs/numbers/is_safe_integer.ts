// Number.isSafeInteger
function handler(): Response {
  const lines = [
    JSON.stringify(Number.isSafeInteger(9007199254740991)),
    JSON.stringify(Number.isSafeInteger(9007199254740992)),
    JSON.stringify(Number.isSafeInteger(1.5)),
  ];
  return Response.text(lines.join("\n"));
}
