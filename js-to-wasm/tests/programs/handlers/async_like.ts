// request: {"url":"/?id=7","upstreams":{"https://api.example.com/profiles/7":{"status":200,"body":"{\"id\":7,\"name\":\"Ada\"}"}}}
import { parallel } from "purview:io";
interface Profile { id: number; name: string }
interface Post { id: number; title: string }

const get = <T,>(path: string, fallback: T): T => {
  const response = fetchSync(`https://api.example.com${path}`);
  return response.ok ? response.json() : fallback;
};

export function handler(req: Request): Response {
  const id = Number(req.query.id ?? "1");
  const [profile, posts] = parallel([
    () => get<Profile>(`/profiles/${id}`, { id, name: "unknown" }),
    () => get<Post[]>(`/posts?user=${id}`, []),
  ]);
  return Response.json({ profile, posts: posts.map((post) => post.title) });
}
