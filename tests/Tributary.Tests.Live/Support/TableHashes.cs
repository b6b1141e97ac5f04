namespace Tributary.Tests.Live.Support;

/// <summary>A digest of the content of every table and view, whatever the order of its rows.</summary>
internal static class TableHashes
{
    /// <summary>
    /// <c>schema.name</c> → rows and a hash. Columns that say when or by which batch a row was written are left out: an
    /// interrupted load has other batches.
    /// </summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(TestDatabase warehouse)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var relations = await warehouse.LinesAsync(
            """
            select n.nspname, c.relname,
                   (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                    from pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                      and a.attname not in ('_load', '_airbyte_extracted_at', 'known_from', 'known_to', '_row'))
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'v', 'm') and n.nspname !~ '^(pg_|information_schema|tributary|public)'
            order by 1, 2
            """);
        foreach (var line in relations)
        {
            var parts = line.Split('|', 3);
            hashes[$"{parts[0]}.{parts[1]}"] = await warehouse.ScalarAsync<string>(
                $"select count(*) || ' ' || coalesce(md5(string_agg(h, '' order by h)), '-') from (select md5(row({parts[2]})::text) as h from \"{parts[0]}\".\"{parts[1]}\") as rows") ?? "";
        }
        return hashes;
    }
}
