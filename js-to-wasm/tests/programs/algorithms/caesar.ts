// A shifted alphabet
const shift = (text: string, by: number): string => text.split("").map((c) => {
  const code = c.charCodeAt(0);
  const base = code >= 65 && code <= 90 ? 65 : code >= 97 && code <= 122 ? 97 : -1;
  return base < 0 ? c : String.fromCharCode((code - base + by + 26) % 26 + base);
}).join("");
function handler(): Response {
  const lines = [
    JSON.stringify(shift("Hello, World!", 3)),
    JSON.stringify(shift(shift("abcXYZ", 5), -5)),
  ];
  return Response.text(lines.join("\n"));
}
