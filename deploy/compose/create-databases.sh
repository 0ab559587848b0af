#!/bin/bash
# Run once by the Postgres image, on an empty volume: a role for each side, which owns its databases and nothing else.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
  --set mailroom_password="$MAILROOM_DB_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role mailroom login password :'mailroom_password';
create role temporal login password :'temporal_password';
create database mailroom owner mailroom;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database mailroom, temporal, temporal_visibility from public;
SQL
