#!/bin/sh
# Makes a secret for everything that wants one, in docker/secrets, and leaves alone what is there.
set -eu
umask 077
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)/secrets
mkdir -p "$folder"
for name in postgres-password redis-password token-secret metrics-token grafana-password; do
  if [ ! -s "$folder/$name" ]; then
    # Letters and digits only: some of them end up in configuration files.
    head -c 64 /dev/urandom | od -An -v -tx1 | tr -d ' \n' | head -c 48 >"$folder/$name"
    # Containers read them as users of their own; the folder keeps everyone else on this machine out.
    chmod 644 "$folder/$name"
    echo "made $folder/$name"
  fi
done
