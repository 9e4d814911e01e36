CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, year INTEGER);
INSERT INTO books (title, year) VALUES ('Frankenstein', 1818), ('Emma', 1815);
