-- Import jobs and their reports. A job's last state is written in the transaction that writes its content,
-- so "done" and the content are kept together or not at all.

create table import_job (
  id          uuid primary key,
  kind        text not null,
  file_name   text,
  dry_run     boolean not null,
  actor       text not null,
  status      text not null check (status in ('queued', 'running', 'done', 'failed')),
  created_at  timestamptz not null default now(),
  started_at  timestamptz,
  finished_at timestamptz,
  rows_read      bigint not null default 0,
  rows_created   bigint not null default 0,
  rows_updated   bigint not null default 0,
  rows_unchanged bigint not null default 0,
  rows_skipped   bigint not null default 0,
  rows_rejected  bigint not null default 0,
  failure_fr  text,
  failure_en  text
);
create index import_job_unfinished on import_job (status) where status in ('queued', 'running');

create table demonstration (
  id          boolean primary key default true check (id),
  started_at  timestamptz not null default now(),
  finished_at timestamptz
);
comment on table demonstration is 'At most one row: the demonstration data is, or is being, loaded into a directory that was empty.';

create table import_report_row (
  job         uuid not null references import_job on delete cascade,
  line        bigint not null,
  position    bigint generated always as identity,
  outcome     text not null check (outcome in ('skipped', 'rejected', 'repaired')),
  column_name text,
  value       text,
  code        text not null,
  reason_fr   text not null,
  reason_en   text not null,
  primary key (job, line, position)
);
