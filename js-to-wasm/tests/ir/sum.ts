const square = (n: number): number => n * n;

function total(to: number): number {
    let sum = 0;
    for (const n of range(to)) {
        sum = sum + square(n);
    }
    return sum;
}

export function handler(req: Request): Response {
    const items = ["a", "b"];
    let joined = "";
    for (const item of items) {
        joined = joined + item;
    }
    return Response.text(`${joined} ${total(10)} ${req.query.name ?? "nobody"}`);
}
