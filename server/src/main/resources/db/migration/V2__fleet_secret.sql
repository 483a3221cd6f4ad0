-- Instances prove by it that what they tell each other through Redis is theirs. Made here, once, of 244
-- random bits; who may read this table may read the journal too.
alter table journal add column fleet_secret bytea;
update journal
  set fleet_secret = sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
alter table journal alter column fleet_secret set not null;
