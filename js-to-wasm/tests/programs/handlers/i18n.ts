// request: {"url":"/?name=Ada","headers":{"accept-language":"de-DE,en;q=0.5"}}
type Locale = "en" | "de" | "fr";
type Key = "hello" | "bye" | "items";
type Args = Record<string, string | number>;
const messages: Record<Locale, Record<Key, string>> = {
  en: { hello: "Hello, {name}!", bye: "Bye", items: "{count} items" },
  de: { hello: "Hallo, {name}!", bye: "Tschüss", items: "{count} Dinge" },
  fr: { hello: "Bonjour, {name} !", bye: "Au revoir", items: "{count} choses" },
};
const isLocale = (text: string): text is Locale => text in messages;
const pick = (header: string | undefined): Locale => {
  const wanted = (header ?? "en").split(",").map((part) => part.split(";")[0]?.trim().slice(0, 2) ?? "");
  return wanted.find(isLocale) ?? "en";
};
const translate = (locale: Locale) => (key: Key, args: Args = {}): string =>
  Object.entries(args).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), messages[locale][key]);
export function handler(req: Request): Response {
  const t = translate(pick(req.headers.get("accept-language")));
  return Response.json({ hello: t("hello", { name: req.query.name ?? "?" }), items: t("items", { count: 3 }), bye: t("bye") });
}
