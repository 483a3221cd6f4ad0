-- The last event that a room has let go of, whose snapshot covers it; 0 for none. An instance that does
-- not know it lets go of nothing, and loads such rooms from their snapshots all the same.
-- docs/decisions/0049-rooms-that-let-go.md says when.
alter table snapshot add column cut bigint not null default 0;
