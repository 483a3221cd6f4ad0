-- The lowest version of these tables that an instance must know to work with them as they are now. A
-- migration that takes something away raises it; an older instance then refuses to start.
-- docs/decisions/0039-old-and-new-instances-together.md has the rules.
alter table journal add column oldest_version int not null default 1;
