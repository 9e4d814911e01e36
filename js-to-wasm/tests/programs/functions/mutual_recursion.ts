// Mutual recursion
function even(n: number): boolean {
  return n === 0 ? true : odd(n - 1);
}
function odd(n: number): boolean {
  return n === 0 ? false : even(n - 1);
}
function handler(): Response {
  const lines = [
    JSON.stringify(even(10)),
    JSON.stringify(even(7)),
    JSON.stringify(odd(3)),
  ];
  return Response.text(lines.join("\n"));
}
