-- What a later version might add.
create table label (
  room bigint not null,
  name text not null,
  primary key (room, name)
);
alter table room add column colour text;
