// request: {"url":"/?city=Oslo","upstreams":{"https://api.weather.example/v1/current?city=Oslo":{"status":200,"body":"{\"city\":\"Oslo\",\"temperature\":3.5,\"wind\":{\"speed\":4}}"}}}
import { cacheGet, cacheSet } from "purview:cache";

interface Weather {
  city: string;
  temperature: number;
  wind: { speed: number; direction?: string };
}

const BASE = "https://api.weather.example";

const keyFor = (city: string): string => `weather:${city.toLowerCase()}`;

function fetchWeather(city: string): Weather | undefined {
  const response = fetchSync(`${BASE}/v1/current?city=${encodeURIComponent(city)}`, {
    headers: { accept: "application/json" },
  });
  if (!response.ok) {
    return undefined;
  }
  const data: Weather = response.json();
  return data;
}

export function handler(req: Request): Response {
  const city = req.query.city?.trim();
  if (city === undefined || city === "") {
    return Response.json({ error: "city is required" }, { status: 400 });
  }
  const cached = cacheGet("weather", keyFor(city));
  if (cached !== undefined) {
    return Response.rawJson(cached, { headers: { "x-cache": "hit" } });
  }
  const weather = fetchWeather(city);
  if (weather === undefined) {
    return Response.json({ error: "upstream failed" }, { status: 502 });
  }
  const direction = weather.wind.direction ?? "unknown";
  const text = JSON.stringify({ ...weather, wind: { ...weather.wind, direction } });
  cacheSet("weather", keyFor(city), text, 300);
  return Response.rawJson(text, { headers: { "x-cache": "miss" } });
}
