// URLs in all their forms
function handler(): Response {
  const texts = [
    "HTTP://User:pa ss@EXAMPLE.com:80/a/./b/../c?x=y z#f g", "https:\\\\a\\b", " https://a.b ", "https://a/%2e%2E/x", "mailto:me@x",
    "file:///etc/x", "https://a:00443/'?'", "https://127.1/", "http://0x7f.1/", "http://[0:0:1::0:0]:81/", "http://[::ffff:1.2.3.4]/",
    "https://münchen.de/ü?ü#ü", "https://日本語/", "foo://Host/a b", "https://a..b/", "https://a.b./", "https://a/?#", "ht\ntps://a/",
    "", "a", "https://", "https://:80", "https://a:65536", "https://a:b", "http://a b", "//a", "https://a<b", "http://1.2.3.256",
  ];
  const relative = ["b?q", "../x", "//b/c", "?q", "#h", "/", "", "https:x", "./././y/..", "\\z"];
  return Response.json([
    texts.map((text) => URL(text) ?? "none"),
    relative.map((text) => URL(text, "https://a/c/d/e?f#g")?.href ?? "none"),
    URL.canParse("https://a"),
  ]);
}
