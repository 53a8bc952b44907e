#!/bin/sh
# Initialises an empty data directory, as the official image does, then becomes the server.
set -eu
PGDATA=${PGDATA:-/var/lib/postgresql/data}
export PGDATA
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  printf %s "$POSTGRES_PASSWORD" >/tmp/password
  initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  # On its socket only, so that no client takes it for ready.
  pg_ctl start --wait -o "-c listen_addresses='' -k /var/run/postgresql"
  createdb --host=/var/run/postgresql --username="$POSTGRES_USER" "$POSTGRES_USER"
  for file in /docker-entrypoint-initdb.d/*.sql; do
    psql --host=/var/run/postgresql --username="$POSTGRES_USER" --set=ON_ERROR_STOP=1 --file="$file"
  done
  pg_ctl stop --wait --mode=fast
fi
exec "$@" -c listen_addresses='*' -k /var/run/postgresql
