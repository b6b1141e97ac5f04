-- What made a node's rows, beside how far it has seen each stream: with another definition they are made anew.
alter table tributary.cursor add column definition text not null default '';
