// request: {"url": "/users/7/posts/9?x=1"}
// match over the parts of a path
const route = (path: string): string => {
  const parts = path.split("/").slice(1);
  return match (parts) {
    when [""]: "home"
    when ["users"]: "all users"
    when ["users", _]: `user ${parts[1] ?? ""}`
    when ["users", _, "posts", ..._]: `posts of ${parts[1] ?? ""}: ${parts.slice(3).join("+")}`
    default: "nothing"
  };
};
function handler(req: Request): Response {
  return Response.json([route(req.path), ...["/", "/users", "/users/1", "/users/1/posts", "/x"].map(route)]);
}
