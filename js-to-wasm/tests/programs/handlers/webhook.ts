// request: {"method":"POST","url":"/","body":"{}","env":{"WEBHOOK_SECRET":"s"}}
import { env } from "purview:env";
import { verifyWebhookSignature } from "purview:auth";
import { logInfo, logWarn } from "purview:log";

interface PushEvent { type: "push"; ref: string; commits: { id: string; message: string }[] }
interface IssueEvent { type: "issue"; action: "opened" | "closed"; number: number; labels?: string[] }
interface PingEvent { type: "ping" }
type WebhookEvent = PushEvent | IssueEvent | PingEvent;

const summarize = (event: WebhookEvent): string => {
  switch (event.type) {
    case "push":
      return `${event.commits.length} commits on ${event.ref.replace("refs/heads/", "")}`;
    case "issue": {
      const labels = event.labels !== undefined && event.labels.length > 0 ? ` [${event.labels.join(", ")}]` : "";
      return `issue #${event.number} ${event.action}${labels}`;
    }
    default:
      return "pong";
  }
};

export function handler(req: Request): Response {
  const secret = env("WEBHOOK_SECRET");
  if (secret === undefined) {
    return Response.json({ error: "not configured" }, { status: 500 });
  }
  const signature = req.headers.get("x-hub-signature-256") ?? "";
  const body = req.body ?? "";
  if (!verifyWebhookSignature(body, secret, signature)) {
    logWarn("bad signature", { path: req.path });
    return Response.json({ error: "bad signature" }, { status: 401 });
  }
  const parsed = JSON.tryParse(body);
  if (!parsed.ok) {
    return Response.json({ error: parsed.error }, { status: 400 });
  }
  const event: WebhookEvent = parsed.value;
  const summary = summarize(event);
  logInfo(summary);
  return Response.json({ summary }, { status: 202 });
}
