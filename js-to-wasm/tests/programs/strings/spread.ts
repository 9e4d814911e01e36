// Spreading a string gives code points
function handler(): Response {
  const lines = [
    JSON.stringify([..."abc"]),
    JSON.stringify([..."a😀b"]),
    JSON.stringify([...""]),
    JSON.stringify([..."é世"].length),
    JSON.stringify([..."e\u0301"].length),
  ];
  return Response.text(lines.join("\n"));
}
