-- The journal: for each room the list of its events. docs/decisions/0010-journal-append.md says why
-- it looks like this.

-- Narrow, half empty pages and no index on head: every append updates its row, and the new row
-- stays in the same page (HOT).
create table room (
  id bigint generated always as identity primary key,
  head bigint not null default 0,
  created timestamptz not null default now(),
  type text collate "C" not null,
  name text collate "C" not null unique
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

-- No foreign key to room: it would lock the room's row once more for each event, and the append
-- statement inserts only for rooms that it has locked itself.
create table event (
  room bigint not null,
  seq bigint not null,
  digest bigint not null,
  at timestamptz not null,
  key uuid not null,
  name text not null,
  actor text not null,
  patch json not null,
  primary key (room, seq),
  unique (room, key)
);

create table snapshot (
  room bigint primary key,
  seq bigint not null,
  at timestamptz not null default now(),
  document text not null
);
alter table snapshot alter column document set storage external;

-- One row: part of the epoch. Give it another id after a loss that PostgreSQL cannot know of, such as
-- a disk that was set back to an older image: every client is then reset.
create table journal (
  id uuid not null default gen_random_uuid(),
  one boolean primary key default true check (one)
);
insert into journal default values;
