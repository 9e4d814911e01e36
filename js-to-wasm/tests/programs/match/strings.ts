// match on strings
function handler(): Response {
  const f = (s: string) => match (s) {
    when "a": 1
    when "b\n": 2
    when "": 3
    when 'ü😀': 4
    default: 5
  };
  const lines = [
    JSON.stringify(["a", "b\n", "", "ü😀", "z"].map(f)),
  ];
  return Response.text(lines.join("\n"));
}
