// request: {"url":"/","env":{"FLAGS_OFF":"beta"},"headers":{"x-user":"ada"}}
import { env } from "purview:env";

type Flag = { name: string; enabled: boolean; percentage?: number };
type Flags = { [name: string]: Flag | undefined };

const defaults: Flags = {
  search: { name: "search", enabled: true },
  beta: { name: "beta", enabled: true, percentage: 20 },
};

const hash = (text: string): number => {
  let value = 0;
  for (const char of text) {
    value = (value * 31 + char.charCodeAt(0)) % 1000;
  }
  return value;
};

const isOn = (flag: Flag | undefined, user: string): boolean => {
  if (flag?.enabled !== true) {
    return false;
  }
  const percentage = flag.percentage ?? 100;
  return hash(`${flag.name}:${user}`) % 100 < percentage;
};

export function handler(req: Request): Response {
  const user = req.headers.get("x-user") ?? "anonymous";
  const override = env("FLAGS_OFF")?.split(",") ?? [];
  const on = Object.keys(defaults).filter((name) => !override.includes(name) && isOn(defaults[name], user));
  return Response.json({ user, on });
}
