// request: {"url":"/a?level=debug"}
type LogLevel = "debug" | "info" | "warn" | "error";
interface LogEntry { level: LogLevel; message: string; at: number; context?: Record<string, unknown> }

const LEVELS: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const isLevel = (value: string): value is LogLevel => Object.keys(LEVELS).includes(value);

const createLogger = (minimum: LogLevel) => {
  const entries: LogEntry[] = [];
  const log = (level: LogLevel) => (message: string, context?: Record<string, unknown>): void => {
    if (LEVELS[level] >= LEVELS[minimum]) {
      entries.push({ level, message, at: entries.length, context });
    }
  };
  return { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error"), all: () => entries };
};

export function handler(req: Request): Response {
  const wanted = req.query.level ?? "info";
  const logger = createLogger(isLevel(wanted) ? wanted : "info");
  logger.debug("start", { path: req.path });
  logger.info("hello");
  logger.error("boom", { code: 7 });
  const messages = logger.all().map((entry) => `[${entry.level.toUpperCase()}] ${entry.message}${entry.context === undefined ? "" : ` ${JSON.stringify(entry.context)}`}`);
  return Response.text(messages.join("\n"));
}
