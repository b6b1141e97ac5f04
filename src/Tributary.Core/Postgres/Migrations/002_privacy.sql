-- What the masks of identifiers need. The key comes with the session (startup option tributary.privacy_key, which no log and
-- no view shows) and is never stored in the database: docs/decisions/006-privacy-key.md.

-- The id that a FHIR reference names: 'Patient/123', 'https://host/r4/Patient/123/_history/2', 'urn:uuid:…' and '123' are the
-- same person. Blank is null, so that those without an id do not become one person. Not STRICT, so that it is inlined.
create function tributary.bare_id(value text) returns text language sql immutable parallel safe as $$
    select nullif(
        case
            when strpos(value, '/') > 0 then coalesce(
                substring(btrim(value) from '(?:^|/)[A-Z][A-Za-z]+/([A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$'), btrim(value))
            when value like 'urn:uuid:%' then btrim(substr(value, 10))
            else btrim(value)
        end, '')
$$;

-- HMAC-SHA256 (RFC 2104) of the bare id, 64 hex digits. The setting holds the key's mark (16 hex digits) and its two pads (64
-- bytes each). Declared immutable although it reads a setting: the mark pins the key, another key is refused.
create function tributary.digest(value text, key_mark text) returns text language plpgsql immutable strict parallel safe as $$
declare
    key constant text := current_setting('tributary.privacy_key', true);
begin
    if key is null or left(key, 16) <> key_mark then
        raise exception 'this session does not hold the privacy key %', key_mark
            using hint = 'Anonymous twins are built by tributary, which brings the key of the project''s privacy: section.';
    end if;
    return encode(
        sha256(decode(substr(key, 145, 128), 'hex')
            || sha256(decode(substr(key, 17, 128), 'hex') || convert_to(tributary.bare_id(value), 'UTF8'))),
        'hex');
end
$$;
