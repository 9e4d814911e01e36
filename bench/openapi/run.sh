#!/usr/bin/env bash
# Holds the OpenAPI documents of all examples against the standard, and, by schemathesis, the users API and examples in TypeScript against
# their own documents: no server error, no status, content type or shape that the document does not name, no answer without the
# credentials that it asks for.
#
#     bench/openapi/run.sh PURVIEW WORK
#
# PURVIEW is the built program, WORK a folder for the tools and for files. The tools come from PyPI, in the versions of
# requirements.txt; where it cannot be reached, nothing is checked and that is said. PURVIEW_SCHEMATHESIS_SECONDS, _EXAMPLES, _PHASES and
# _SEED ask for other or more requests.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$here/../.."
purview="$(realpath "$1")"
work="$(realpath -m "$2")/openapi"
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

# held EXAMPLE MODULE [ARGUMENT…]: serves an example, with $database, and holds it against its document for $most
# seconds, but for the checks in $except.
# What is valid by the schema may still be refused: `2.0` is an integer to JSON Schema, and none in a path.
held() {
    local name port log
    name="$(basename "$1")" port=$((22000 + RANDOM % 2000)) log="$work/$(basename "$1").log"
    local module="$2" policy="$1/policy.json"
    shift 2
    "$purview" serve "$module" --policy "$policy" ${database:+--sql "$database"} -p "$port" --workers 1 -q >"$work/serve.log" 2>&1 &
    server=$!
    for _ in $(seq 100); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
        sleep 0.1
    done
    (cd "$work" && "$tools/bin/st" run "documents/$name.json" --url "http://127.0.0.1:$port" \
        --phases "${PURVIEW_SCHEMATHESIS_PHASES:-examples,coverage,fuzzing}" \
        --checks all --exclude-checks "$except" \
        --max-examples "${PURVIEW_SCHEMATHESIS_EXAMPLES:-25}" --max-time "$most" \
        ${PURVIEW_SCHEMATHESIS_SEED:+--seed "$PURVIEW_SCHEMATHESIS_SEED"} --generation-deterministic \
        --warnings off --no-color "$@") >"$log" 2>&1 || {
        cat "$log" "$work/serve.log"
        exit 1
    }
    kill "$server"
    echo "$name: $(grep -E 'generated' "$log")"
}
server=
trap 'kill "$server" 2>/dev/null || true' EXIT

# environment EXAMPLE: sets that of its recorded requests.
environment() {
    [ ! -f "$1/requests/env" ] || while IFS='=' read -r name value; do export "$name=$value"; done <"$1/requests/env"
}

# A handler that answers whatever no route does decides by itself what it says to other methods.
database= except=positive_data_acceptance,unsupported_method most=$((seconds / 6 + 1))
for example in "$root"/examples/{routes,jwt,validate}-ts "$root"/examples/{hello,todo-htmx}-tsx; do
    environment "$example"
    held "$example" "$(module "$example")"
done

except=positive_data_acceptance most=$seconds
example="$root/examples/users-api-rust"
environment "$example"
database="$work/users.db"
token="$("$tools/bin/python" "$here/prepare.py" "$example" "$database")"
held "$example" "$(module "$example")" --header "Authorization: Bearer $token"
