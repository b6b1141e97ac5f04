namespace Tributary.Core.Models.Context.Tables;

/// <summary>What all values of a column are, in agate's words; the first in this order that fits every value is taken.</summary>
internal sealed class AgateType : ContextObject
{
    public static readonly AgateType Integer = new("dbt_common.clients.agate_helper", "Integer", "integer");
    public static readonly AgateType Number = new("dbt_common.clients.agate_helper", "Number", "float8");
    public static readonly AgateType Date = new("agate.data_types.date", "Date", "date");
    public static readonly AgateType DateTime = new("agate.data_types.date_time", "DateTime", "timestamp without time zone");
    public static readonly AgateType Boolean = new("agate.data_types.boolean", "Boolean", "boolean");
    public static readonly AgateType Text = new("agate.data_types.text", "Text", "text");

    private readonly string module;
    private readonly string name;

    private AgateType(string module, string name, string sqlType) => (this.module, this.name, SqlType) = (module, name, sqlType);

    /// <summary>The type of PostgreSQL that dbt gives a column of it.</summary>
    public string SqlType { get; }

    public override string TypeName => name;

    public override bool TryGetAttribute(string attribute, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Macros look for the word in it.</summary>
    public override string ToString() => $"<{module}.{name} object>";
}
