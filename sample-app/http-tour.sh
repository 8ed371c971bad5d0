#!/usr/bin/env bash
# Makes every request of the HTTP interface once, and prints requests and answers. The application must run:
#   sample-app/http-tour.sh [http://localhost:8080]
set -euo pipefail

base="${1:-http://localhost:8080}/nsqite"
topic="tour-$$"
mail="/topics/$topic/subscribers/mail"
body=""

# call <expected status> <method> <path> [json]
call() {
    local expected=$1 method=$2 path=$3 json=${4:-} answer status
    local options=(--silent --show-error --max-time 90 --write-out '\n%{http_code}' --request "$method")
    if [ -n "$json" ]; then
        options+=(--header 'Content-Type: application/json' --data "$json")
    fi
    printf '\n> %s /nsqite%s\n' "$method" "$path"
    if [ -n "$json" ]; then
        printf '> %s\n' "$json"
    fi
    answer=$(curl "${options[@]}" "$base$path")
    status=${answer##*$'\n'}
    body=${answer%$'\n'*}
    printf '< %s\n' "$status"
    if [ -n "$body" ]; then
        printf '< %s\n' "$(printf '%s' "$body" | head -c 1000)"
    fi
    if [ "$status" != "$expected" ]; then
        printf 'The status was %s, but should have been %s\n' "$status" "$expected" >&2
        exit 1
    fi
}

# The id of the first message that was received
receipt() {
    printf '%s' "$body" | sed -E 's/^[^"]*"id":"([^"]+)".*/\1/'
}

echo "# A topic with its first subscriber, and another one"
call 201 POST /topics "{\"name\":\"$topic\",\"subscribers\":[{\"name\":\"mail\",\"option\":{\"max_attempts\":5,\"visibility_duration\":\"5m\"}}]}"
call 200 GET /topics
call 201 POST "/topics/$topic/subscribers" '[{"name":"audit"}]'

echo
echo "# Messages: one, and several that are stored together"
call 201 POST "/topics/$topic/messages" '{"message":{"id":"42"},"key":"42","headers":{"tenant":"a"},"priority":7,"deduplication_key":"42-placed"}'
call 201 POST "/topics/$topic/messages" '[{"message":"two"},{"message":3,"delay":"1h"}]'
call 200 GET "/topics/$topic/subscribers"

echo
echo "# Received, given more time, acknowledged"
call 200 GET "$mail?timeout=5s&max=10"
first=$(receipt)
call 204 PUT "$mail/messages/$first" '{"visibility_duration":"30s"}'
call 204 DELETE "$mail/messages/$first"
call 409 DELETE "$mail/messages/$first"

echo
echo "# Received, and wanted again"
call 201 POST "/topics/$topic/messages" '{"message":"once more","priority":9}'
call 200 GET "$mail?timeout=5s"
call 204 POST "$mail/messages/$(receipt)/requeue" '{"delay":"100ms"}'
call 200 GET "$mail?timeout=5s"
call 204 DELETE "$mail/messages/$(receipt)"

echo
echo "# Refused, with a reason"
call 400 GET "$mail?timeout=1h"
call 400 POST "/topics/$topic/messages" '{"message":1,"priority":99}'
call 404 POST /topics/no-such-topic/messages '{"message":1}'

echo
echo "# The end, and what describes all this"
call 204 DELETE "/topics/$topic/subscribers/audit"
call 204 DELETE "$mail"
call 200 GET /openapi.json
