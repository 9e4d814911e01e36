// String: toLowerCase, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".toLowerCase()),
    JSON.stringify("ÄÖÜ ΣΑΣ É".toLowerCase()),
  ];
  return Response.text(lines.join("\n"));
}
