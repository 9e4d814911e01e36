#!/usr/bin/env bash
# Holds the OpenAPI documents of all examples against the standard, and the users API against its own document: no server error,
# no status, content type or shape that the document does not name, no answer without the credentials that it asks for.
#
#     bench/openapi/run.sh PURVIEW WORK
#
# PURVIEW is the built program, WORK a folder for the tools and for files. The tools come from PyPI, in the versions of
# requirements.txt; where it cannot be reached, nothing is checked and that is said.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$here/../.."
purview="$(realpath "$1")"
work="$2/openapi"
seconds="${PURVIEW_SCHEMATHESIS_SECONDS:-30}"
mkdir -p "$work/documents"

tools="$work/tools-$(sha256sum "$here/requirements.txt" | cut -c1-16)"
if [ ! -x "$tools/bin/ready" ]; then
    rm -rf "$work"/tools-*
    if ! (python3 -m venv "$tools" &&
        timeout 120 "$tools/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt") \
        >"$work/tools.log" 2>&1; then
        echo 'the tools cannot be installed from PyPI: OpenAPI documents are not checked'
        rm -rf "$tools"
        exit 0
    fi
    ln -s "$(command -v true)" "$tools/bin/ready"
fi

# module EXAMPLE: what the tests have built, or a new build.
module() {
    local script built
    for script in "$1"/handler.ts "$1"/handler.tsx; do
        if [ -f "$script" ]; then echo "$script" && return; fi
    done
    built="$root/target/guests/wasm32-wasip1/release/$(basename "$1" | tr - _).wasm"
    if [ ! -f "$built" ]; then
        built="$work/$(basename "$1").wasm"
        "$purview" build "$1" -o "$built" >&2
    fi
    echo "$built"
}

documents=()
for example in "$root"/examples/*/; do
    document="$work/documents/$(basename "$example").json"
    "$purview" openapi "$(module "${example%/}")" >"$document"
    documents+=("$document")
done
"$tools/bin/openapi-spec-validator" "${documents[@]}" >"$work/validator.log" || {
    cat "$work/validator.log"
    exit 1
}
echo "${#documents[@]} documents are OpenAPI 3.1"

example="$root/examples/users-api-rust"
token="$("$tools/bin/python" "$here/prepare.py" "$example" "$work/users.db")"
set -a
# shellcheck disable=SC1090
while IFS='=' read -r name value; do export "$name=$value"; done <"$example/requests/env"
set +a
port=$((22000 + RANDOM % 2000))
"$purview" serve "$(module "$example")" --policy "$example/policy.json" --sql "$work/users.db" \
    -p "$port" --workers 1 -q >"$work/serve.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    sleep 0.1
done

# What is valid by the schema may still be refused: `2.0` is an integer to JSON Schema, and none in a path.
cd "$work"
"$tools/bin/st" run documents/users-api-rust.json --url "http://127.0.0.1:$port" \
    --header "Authorization: Bearer $token" --phases examples,coverage,fuzzing \
    --checks all --exclude-checks positive_data_acceptance \
    --max-examples 25 --max-time "$seconds" --generation-deterministic \
    --warnings off --no-color >schemathesis.log 2>&1 || {
    cat schemathesis.log serve.log
    exit 1
}
grep -E 'generated' schemathesis.log
