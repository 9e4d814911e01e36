import { env } from "purview:env";
type User = { id: number; name: string; tags?: string[] };
type Shape0 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area0 = (s: Shape0): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list0(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_0");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape0[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area0).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape1 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area1 = (s: Shape1): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list1(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_1");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape1[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area1).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape2 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area2 = (s: Shape2): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list2(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_2");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape2[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area2).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape3 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area3 = (s: Shape3): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list3(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_3");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape3[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area3).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape4 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area4 = (s: Shape4): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list4(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_4");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape4[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area4).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape5 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area5 = (s: Shape5): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list5(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_5");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape5[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area5).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape6 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area6 = (s: Shape6): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list6(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_6");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape6[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area6).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape7 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area7 = (s: Shape7): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list7(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_7");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape7[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area7).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape8 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area8 = (s: Shape8): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list8(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_8");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape8[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area8).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape9 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area9 = (s: Shape9): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list9(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_9");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape9[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area9).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape10 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area10 = (s: Shape10): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list10(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_10");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape10[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area10).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape11 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area11 = (s: Shape11): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list11(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_11");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape11[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area11).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape12 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area12 = (s: Shape12): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list12(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_12");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape12[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area12).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape13 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area13 = (s: Shape13): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list13(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_13");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape13[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area13).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape14 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area14 = (s: Shape14): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list14(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_14");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape14[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area14).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape15 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area15 = (s: Shape15): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list15(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_15");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape15[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area15).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape16 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area16 = (s: Shape16): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list16(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_16");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape16[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area16).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape17 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area17 = (s: Shape17): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list17(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_17");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape17[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area17).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape18 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area18 = (s: Shape18): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list18(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_18");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape18[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area18).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
type Shape19 = { kind: "circle"; r: number } | { kind: "square"; side: number };
const area19 = (s: Shape19): number => match (s) {
  when { kind: "circle" }: s.r * s.r
  when { kind: "square" }: s.side * s.side
};
function list19(req: Request): Response {
  const limit = Number(req.query.limit ?? "10");
  if (Number.isNaN(limit) || limit < 1) {
    return Response.json({ error: "limit" }, { status: 400 });
  }
  const secret = env("SECRET_19");
  if (secret === undefined) {
    return Response.text("no secret", { status: 500 });
  }
  const users: User[] = range(limit).map((id) => ({ id, name: `user ${id}` }));
  const shapes: Shape19[] = users.map((user) => ({ kind: "circle", r: user.id }));
  const total = shapes.map(area19).reduce((a, b) => a + b, 0);
  const names = users.filter((user) => user.tags === undefined).map((user) => user.name.toUpperCase());
  const counts = Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Response.json({ total, names, secret: secret.length, counts: [...counts] });
}
export function handler(req: Request): Response {
  switch (req.path) {
    case "/0":
      return list0(req);
    case "/1":
      return list1(req);
    case "/2":
      return list2(req);
    case "/3":
      return list3(req);
    case "/4":
      return list4(req);
    case "/5":
      return list5(req);
    case "/6":
      return list6(req);
    case "/7":
      return list7(req);
    case "/8":
      return list8(req);
    case "/9":
      return list9(req);
    case "/10":
      return list10(req);
    case "/11":
      return list11(req);
    case "/12":
      return list12(req);
    case "/13":
      return list13(req);
    case "/14":
      return list14(req);
    case "/15":
      return list15(req);
    case "/16":
      return list16(req);
    case "/17":
      return list17(req);
    case "/18":
      return list18(req);
    case "/19":
      return list19(req);
    default:
      return Response.text("not found", { status: 404 });
  }
}
