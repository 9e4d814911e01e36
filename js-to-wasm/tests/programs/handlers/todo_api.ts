// request: {"method":"POST","url":"/todos","body":"{\"title\":\" Milk \",\"tags\":[\"shop\"]}"}
import { cacheGet, cacheSet } from "purview:cache";

interface Todo {
  id: string;
  title: string;
  done: boolean;
  tags?: string[];
  createdAt: number;
}

type TodoInput = Pick<Todo, "title"> & Partial<Pick<Todo, "tags">>;

const NAMESPACE = "todos";

function load(): Todo[] {
  const text = cacheGet(NAMESPACE, "all");
  if (text === undefined) {
    return [];
  }
  const parsed: Todo[] = JSON.parse(text);
  return parsed;
}

function save(todos: Todo[]): boolean {
  return cacheSet(NAMESPACE, "all", JSON.stringify(todos));
}

function parseInput(body: string | undefined): Result<TodoInput, string> {
  if (body === undefined) {
    return Result.err("body is required");
  }
  const parsed = JSON.tryParse(body);
  if (!parsed.ok) {
    return Result.err("invalid JSON");
  }
  const input: { title?: string; tags?: string[] } = parsed.value;
  if (input.title === undefined || input.title.trim() === "") {
    return Result.err("title is required");
  }
  return Result.ok({ title: input.title.trim(), tags: input.tags });
}

export function handler(req: Request): Response {
  const todos = load();
  switch (req.method) {
    case "GET": {
      const { done } = req.query;
      const visible = done === undefined ? todos : todos.filter((todo) => todo.done === (done === "true"));
      return Response.json({ todos: visible, total: visible.length });
    }
    case "POST": {
      const input = parseInput(req.body);
      if (!input.ok) {
        return Response.json({ error: input.error }, { status: 400 });
      }
      const todo: Todo = { ...input.value, id: "1", done: false, createdAt: 0 };
      if (!save([...todos, todo])) {
        return Response.json({ error: "storage" }, { status: 500 });
      }
      return Response.json(todo, { status: 201 });
    }
    case "DELETE": {
      const id = req.query["id"];
      const rest = todos.filter((todo) => todo.id !== id);
      if (rest.length === todos.length) {
        return Response.json({ error: "not found" }, { status: 404 });
      }
      save(rest);
      return Response("", { status: 204 });
    }
    default:
      return Response.json({ error: "method not allowed" }, { status: 405, headers: { allow: "GET, POST, DELETE" } });
  }
}
