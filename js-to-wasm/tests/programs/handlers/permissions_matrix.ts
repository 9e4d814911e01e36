// request: {"url": "/?role=editor&action=publish&owner=me", "headers": {"x-user": "me"}}
type Role = "viewer" | "editor" | "admin";
type Action = "read" | "write" | "publish" | "delete";
interface Context { user: string; owner: string; role: Role }
type Permission = boolean | ((context: Context) => boolean);
const own = ({ user, owner }: Context): boolean => user === owner;
const MATRIX: Readonly<Record<Role, Partial<Record<Action, Permission>>>> = {
  viewer: { read: true },
  editor: { read: true, write: own, publish: (context) => own(context) && context.user !== "guest" },
  admin: { read: true, write: true, publish: true, delete: true },
};
const ROLES: readonly Role[] = ["viewer", "editor", "admin"];
const ACTIONS: readonly Action[] = ["read", "write", "publish", "delete"];
const pick = <T extends string>(list: readonly T[], value: string | undefined): T | undefined => list.find((item) => item === value);
const allowed = (context: Context, action: Action): boolean => {
  const permission = MATRIX[context.role][action];
  if (permission === undefined) return false;
  return typeof permission === "boolean" ? permission : permission(context);
};
export function handler(req: Request): Response {
  const role = pick(ROLES, req.query.role);
  const action = pick(ACTIONS, req.query.action);
  if (role === undefined || action === undefined) {
    return Response.json({ error: "role and action", roles: ROLES, actions: ACTIONS }, { status: 400 });
  }
  const context: Context = { role, user: req.headers.get("x-user") ?? "guest", owner: req.query.owner ?? "" };
  return Response.json({ allowed: allowed(context, action), all: ACTIONS.filter((one) => allowed(context, one)) });
}
