// match on fields
function handler(): Response {
  type Shape = { kind: "circle"; r: number } | { kind: "rect"; w: number; h: number };
  const area = (s: Shape) => match (s) {
    when { kind: "circle" }: s.r * s.r * 3
    when { kind: "rect" }: s.w * s.h
  };
  const shapes: Shape[] = [{ kind: "circle", r: 2 }, { kind: "rect", w: 3, h: 4 }];
  const lines = [
    JSON.stringify(shapes.map(area)),
  ];
  return Response.text(lines.join("\n"));
}
