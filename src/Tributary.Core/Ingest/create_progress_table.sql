create table if not exists {progress} (
    seq text,
    pending bigint,
    updated_at timestamptz,
    source text primary key
)
