function counter(step: number): () => number {
    let count = 0;
    return () => {
        count = count + step;
        return count;
    };
}

export function handler(req: Request): Response {
    const next = counter(2);
    next();
    const user = { name: "Ada", ok: req.method === "GET" };
    return Response.json({ user: user, count: next() }, { status: user.ok ? 200 : 405 });
}
