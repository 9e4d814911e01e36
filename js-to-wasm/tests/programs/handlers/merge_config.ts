type Config = { server: { port: number; host: string; tls?: { cert: string } }; features: string[]; limits: Record<string, number> };
type Override = { server?: Partial<Config["server"]>; features?: string[]; limits?: Record<string, number> };
const merge = (base: Config, ...overrides: Override[]): Config =>
  overrides.reduce<Config>(
    (config, { server = {}, features, limits = {} }) => ({
      server: { ...config.server, ...server },
      features: features === undefined ? config.features : [...Set([...config.features, ...features])],
      limits: { ...config.limits, ...limits },
    }),
    base,
  );
const problems = ({ server, limits }: Config): string[] => [
  ...(server.port > 0 && server.port < 65536 ? [] : [`port ${server.port}`]),
  ...Object.entries(limits).filter(([, value]) => value <= 0).map(([name, value]) => `${name}=${value}`),
];
const base: Config = { server: { port: 80, host: "localhost" }, features: ["a"], limits: { body: 10 } };
export function handler(req: Request): Response {
  const merged = merge(base, { server: { port: 99999 } }, { features: ["b", "a"], limits: { head: 0 } }, {});
  const tls = merged.server.tls?.cert ?? "off";
  return Response.json({ merged, tls, problems: problems(merged) });
}
