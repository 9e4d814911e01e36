// TextEncoder and TextDecoder
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(TextEncoder().encode("aü😀"))),
    JSON.stringify(TextDecoder().decode(Uint8Array([104, 105, 195, 188]))),
    JSON.stringify(TextDecoder().decode(Uint8Array([255, 65]))),
    JSON.stringify(TextDecoder().decode(TextEncoder().encode("世界"))),
  ];
  return Response.text(lines.join("\n"));
}
