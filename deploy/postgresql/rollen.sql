-- The three roles and the database of one service. Run by a superuser, with psql variables:
--   database   name of the database
--   eigenaar   owns the tables and migrates them; nothing else ever logs in as this role
--   login      what the service logs in as
--   groep      koppelradar_toepassing for the matcher (also when it is left out),
--              koppelradar_sleutelhouder_toepassing for the sleutelhouder
-- The group gets its rights from the migrations: it can add to the access log but not change it. A service that logs in
-- as the owner could rewrite its own log, so it refuses to start.
-- May be run again: what exists stays.
\set ON_ERROR_STOP on
\if :{?groep}
\else
\set groep koppelradar_toepassing
\endif

SELECT format('CREATE ROLE %I NOLOGIN', :'groep')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'groep') \gexec

SELECT format('CREATE ROLE %I LOGIN', :'eigenaar')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'eigenaar') \gexec

SELECT format('CREATE ROLE %I LOGIN IN ROLE %I', :'login', :'groep')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'login') \gexec

SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'database', :'eigenaar')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"login";
