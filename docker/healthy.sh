#!/usr/bin/env bash
# Whether the server of this container lives: ends with 0 if so. Asks where its settings say that it listens.
host=${TUTTI_HOST:-127.0.0.1}
case $host in 0.0.0.0 | :: | '[::]') host=127.0.0.1 ;; esac
exec 3<>"/dev/tcp/$host/${TUTTI_PORT:-8080}" || exit 1
# With TLS an open port has to do: a shell speaks none.
[ -z "${TUTTI_TLS_CERT:-}" ] || exit 0
printf 'GET /health/live HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$host" >&3
read -r _ status _ <&3 && [ "$status" = 200 ]
