alter table snapshot add column size bigint;
