-- A file's rejects are counted when it ends, and superseded when it is read again.
create index reject_of_file on tributary_reject.reject (project, target, stream, file) where status = 'open';
