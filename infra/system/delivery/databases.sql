-- A database for each subgraph, as the URLs in compose.services.yaml name them. No subgraph reads another's.
\set names `sed -n 's|.*_DB_URL: postgres://postgres/\([a-z-]*\).*|\1|p' /docker-entrypoint-initdb.d/compose.services.yaml`
select format('create database %I', name) from string_to_table(:'names', E'\n') as name \gexec
