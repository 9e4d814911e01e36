// request: {"url":"/?id=2"}
interface User {
  readonly id: number;
  readonly name: string;
  readonly email?: string;
  readonly roles: readonly Role[];
}
type Role = "admin" | "editor" | "viewer";

const users = Map<number, User>([
  [1, { id: 1, name: "Ada", email: "ada@example.com", roles: ["admin"] }],
  [2, { id: 2, name: "Bob", roles: ["viewer", "editor"] }],
]);

const hasRole = (user: User, role: Role): boolean => user.roles.includes(role);

const findUser = (id: string | undefined): User | undefined => {
  if (id === undefined) {
    return undefined;
  }
  const number = parseInt(id, 10);
  if (Number.isNaN(number)) {
    return undefined;
  }
  return users.get(number);
};

const publicView = ({ id, name, email }: User) => ({ id, name, contact: email ?? "hidden" });

export function handler(req: Request): Response {
  const user = findUser(req.query.id);
  if (user === undefined) {
    return Response.json({ error: "unknown user", known: [...users.keys()] }, { status: 404 });
  }
  const counts = Map<Role, number>();
  users.forEach((one) => {
    for (const role of one.roles) {
      counts.set(role, (counts.get(role) ?? 0) + 1);
    }
  });
  return Response.json({
    user: publicView(user),
    isAdmin: hasRole(user, "admin"),
    counts: Object.fromEntries([...counts.entries()]),
  });
}
