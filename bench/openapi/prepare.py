"""Makes the database of the users API anew, and a token of its administrator that is good for as long as a check takes.

    prepare.py EXAMPLE DATABASE
"""

import base64
import hashlib
import hmac
import json
import pathlib
import sqlite3
import sys
import time


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(secret: str) -> str:
    claims = {"sub": "ada", "role": "admin", "exp": int(time.time()) + 600}
    parts = [{"alg": "HS256", "typ": "JWT"}, claims]
    text = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return f"{text}.{encoded(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())}"


example, database = map(pathlib.Path, sys.argv[1:])
database.unlink(missing_ok=True)
with sqlite3.connect(database) as connection:
    connection.executescript((example / "schema.sql").read_text())
pairs = (line.split("=", 1) for line in (example / "requests/env").read_text().splitlines())
print(token(dict(pairs)["JWT_SECRET"]))
