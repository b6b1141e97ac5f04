namespace Tributary.Core.Models.Context.Relations;

/// <summary>
/// The class under which dbt's driver knows a PostgreSQL type: contracts compare these, so that <c>text</c> and <c>varchar(10)</c>
/// are the same and <c>integer</c> and <c>bigint</c> are not.
/// </summary>
internal static class ClientType
{
    public static string Of(string type)
    {
        var name = type.Trim().ToLowerInvariant();
        if (name.EndsWith("[]", StringComparison.Ordinal)) return Of(name[..^2]) + "ARRAY";
        var sized = name.IndexOf('(', StringComparison.Ordinal);
        if (sized > 0) name = name[..sized].TrimEnd();
        return name switch
        {
            "smallint" or "integer" or "int2" or "int4" or "int" => "INTEGER",
            "bigint" or "int8" => "LONGINTEGER",
            "numeric" or "decimal" => "DECIMAL",
            "real" or "double precision" or "float4" or "float8" => "FLOAT",
            "text" or "character varying" or "varchar" or "character" or "bpchar" or "char" or "\"char\"" or "name" => "STRING",
            "boolean" or "bool" => "BOOLEAN",
            "timestamp without time zone" or "timestamp" => "DATETIME",
            "timestamp with time zone" or "timestamptz" => "DATETIMETZ",
            "time without time zone" or "time with time zone" or "time" or "timetz" => "TIME",
            "date" => "DATE",
            "interval" => "INTERVAL",
            "bytea" => "BINARY",
            "oid" => "ROWID",
            _ => name.ToUpperInvariant(),
        };
    }
}
