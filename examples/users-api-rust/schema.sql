CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  -- HMAC-SHA-256 of name and password, keyed with PASSWORD_KEY.
  secret TEXT NOT NULL,
  -- A PNG in base64.
  avatar TEXT
);
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  who TEXT NOT NULL,
  what TEXT NOT NULL
);
INSERT INTO users (name, email, role, secret) VALUES
  ('ada', 'ada@example.com', 'admin', '1a185a42b2639bf7ede23d0d516af0e8eed84dc1ed7a99801d651b907b7036e9'),
  ('grace', 'grace@example.com', 'member', '7a319a177240008bfff1eed8b91bc9c991aabae3ff5392a97d7eaa8c92761209');
INSERT INTO events (who, what) VALUES ('ada', 'added grace');
