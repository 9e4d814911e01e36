// match with patterns in patterns
function handler(): Response {
  const f = (o: { user: { role: string; on: boolean } }) => match (o) {
    when { user: { role: "admin", on: true } }: "active admin"
    when { user: { role: "admin" } }: "admin"
    default: "other"
  };
  const lines = [
    JSON.stringify(f({ user: { role: "admin", on: true } })),
    JSON.stringify(f({ user: { role: "admin", on: false } })),
    JSON.stringify(f({ user: { role: "guest", on: true } })),
  ];
  return Response.text(lines.join("\n"));
}
