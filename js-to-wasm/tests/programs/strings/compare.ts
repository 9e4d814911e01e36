// Order of strings: by UTF-16 units
function handler(): Response {
  const lines = [
    JSON.stringify("a" < "b"),
    JSON.stringify("a" < "B"),
    JSON.stringify("abc" < "abcd"),
    JSON.stringify("" < "a"),
    JSON.stringify("Z" < "a"),
    JSON.stringify("é" < "z"),
    JSON.stringify("\uff5e" < "😀"),
    JSON.stringify("10" < "9"),
    JSON.stringify("a" <= "a"),
    JSON.stringify("b" > "a"),
    JSON.stringify("a" >= "b"),
  ];
  return Response.text(lines.join("\n"));
}
