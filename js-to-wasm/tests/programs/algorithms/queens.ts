// Eight queens
const safe = (queens: number[], column: number): boolean => queens.every((q, row) => q !== column && Math.abs(q - column) !== queens.length - row);
const place = (size: number, queens: number[]): number[][] => queens.length === size ? [queens] : range(size).filter((column) => safe(queens, column)).flatMap((column) => place(size, [...queens, column]));
function handler(): Response {
  const lines = [
    JSON.stringify(place(6, []).length),
    `${place(6, [])[0]?.join()}`,
  ];
  return Response.text(lines.join("\n"));
}
