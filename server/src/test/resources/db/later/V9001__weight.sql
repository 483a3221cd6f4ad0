alter table event add column weight int not null default 1;
