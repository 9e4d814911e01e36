// CRC-32
const table = range(256).map((n) => range(8).reduce((c) => (c & 1) === 1 ? 0xedb88320 ^ c >>> 1 : c >>> 1, n));
const crc = (text: string): string => {
  let c = -1;
  for (const i of range(text.length)) {
    c = (table[(c ^ text.charCodeAt(i)) & 255] ?? 0) ^ c >>> 8;
  }
  return ((c ^ -1) >>> 0).toString(16).padStart(8, "0");
};
function handler(): Response {
  const lines = [
    JSON.stringify(crc("")),
    JSON.stringify(crc("123456789")),
    JSON.stringify(crc("hello")),
  ];
  return Response.text(lines.join("\n"));
}
