// String: normalize
function handler(): Response {
  const lines = [
    JSON.stringify("e\u0301".normalize().length),
    JSON.stringify("é".normalize("NFD").length),
    JSON.stringify("ﬁ".normalize("NFKC")),
  ];
  return Response.text(lines.join("\n"));
}
