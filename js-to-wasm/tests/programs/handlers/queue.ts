type Job<P> = { id: number; priority: number; payload: P; attempts: number };
type Queue<P> = { push: (payload: P, priority?: number) => Job<P>; pop: () => Job<P> | undefined; peek: () => Job<P> | undefined; length: () => number };

function createQueue<P>(): Queue<P> {
  let jobs: Job<P>[] = [];
  let nextId = 1;
  const sort = () => {
    jobs = jobs.toSorted((a, b) => b.priority === a.priority ? a.id - b.id : b.priority - a.priority);
  };
  return {
    push: (payload, priority = 0) => {
      const job: Job<P> = { id: nextId, priority, payload, attempts: 0 };
      nextId += 1;
      jobs.push(job);
      sort();
      return job;
    },
    pop: () => jobs.shift(),
    peek: () => jobs[0],
    length: () => jobs.length,
  };
}

export function handler(req: Request): Response {
  const queue = createQueue<{ task: string }>();
  queue.push({ task: "low" });
  queue.push({ task: "high" }, 5);
  const order: string[] = [];
  let job = queue.pop();
  for (const _ of range(10)) {
    if (job === undefined) {
      break;
    }
    order.push(job.payload.task);
    job = queue.pop();
  }
  return Response.json({ order, left: queue.length() });
}
