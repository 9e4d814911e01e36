type Shape =
  | { readonly type: "circle"; readonly radius: number }
  | { readonly type: "rect"; readonly width: number; readonly height: number }
  | { readonly type: "polygon"; readonly points: readonly (readonly [number, number])[] };

function area(shape: Shape): number {
  if (shape.type === "circle") {
    return Math.PI * shape.radius ** 2;
  }
  if (shape.type === "rect") {
    return shape.width * shape.height;
  }
  const { points } = shape;
  let sum = 0;
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [0, 0];
    sum += x * nextY - nextX * y;
  }
  return Math.abs(sum) / 2;
}

const scale = (shape: Shape, by: number): Shape => {
  switch (shape.type) {
    case "circle":
      return { ...shape, radius: shape.radius * by };
    case "rect":
      return { ...shape, width: shape.width * by, height: shape.height * by };
    case "polygon":
      return { ...shape, points: shape.points.map(([x, y]) => [x * by, y * by]) };
    default:
      return shape;
  }
};

export function handler(req: Request): Response {
  const shapes: Shape[] = [
    { type: "circle", radius: 1 },
    { type: "rect", width: 2, height: 3 },
    { type: "polygon", points: [[0, 0], [4, 0], [0, 3]] },
  ];
  const total = shapes.map((shape) => area(scale(shape, 2))).reduce((a, b) => a + b, 0);
  const kinds = [...Set(shapes.map((shape) => shape.type))];
  return Response.json({ total: Math.round(total * 100) / 100, kinds });
}
