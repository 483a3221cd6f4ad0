-- contract: nothing that knows version 9002 uses it.
alter table room drop column type;
update journal set oldest_version = 9002;
