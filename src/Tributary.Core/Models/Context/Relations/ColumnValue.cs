using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Text;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>dbt's Column: a name and a PostgreSQL type, with sizes as the catalogue gives them.</summary>
internal sealed partial class ColumnValue(string name, string type, long? size = null, long? precision = null, long? scale = null) : ContextObject, IEquatable<ColumnValue>
{
    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase) { "text", "character varying", "character", "varchar" };
    private static readonly HashSet<string> Floats = new(StringComparer.OrdinalIgnoreCase) { "real", "float4", "float", "double precision", "float8", "double" };
    private static readonly HashSet<string> Integers = new(StringComparer.OrdinalIgnoreCase)
    {
        "smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "int2", "int4", "int8", "serial2", "serial4", "serial8",
    };

    private static readonly MemberTable<ColumnValue> Members = new()
    {
        ["name"] = c => c.Name,
        ["column"] = c => c.Name,
        ["quoted"] = c => Identifier.Quote(c.Name),
        ["dtype"] = c => c.Type,
        ["data_type"] = c => c.DataType,
        ["expanded_data_type"] = c => c.DataType,
        ["char_size"] = c => c.Size,
        ["numeric_precision"] = c => c.Precision,
        ["numeric_scale"] = c => c.Scale,
        ["is_string"] = c => Method("is_string", "", _ => c.IsText),
        ["is_number"] = c => Method("is_number", "", _ => c.IsFloat || c.IsInteger || c.IsNumeric),
        ["is_float"] = c => Method("is_float", "", _ => c.IsFloat),
        ["is_integer"] = c => Method("is_integer", "", _ => c.IsInteger),
        ["is_numeric"] = c => Method("is_numeric", "", _ => c.IsNumeric),
        ["string_size"] = c => Method("string_size", "", _ => c.IsText ? c.TextSize : throw new Jinja.TemplateException("string_size() is asked of a column that holds no text")),
        ["can_expand_to"] = c => Method("can_expand_to", "other_column", a => a[0] is ColumnValue other && c.CanExpandTo(other)),
        ["literal"] = c => Method("literal", "value", a => $"{PythonText.Of(a[0])}::{c.DataType}"),
    };

    public string Name => name;

    public string Type => type;

    /// <summary>What a statement must write where <see cref="Type"/> is only a word for a group (ARRAY, USER-DEFINED).</summary>
    public string? RealType { get; init; }

    public long? Size => size;

    public long? Precision => precision;

    public long? Scale => scale;

    public override string TypeName => "PostgresColumn";

    public bool IsText => Texts.Contains(type);

    /// <summary>The type with its sizes, as a statement would write it.</summary>
    public string DataType
    {
        get
        {
            if (type.Equals("text", StringComparison.OrdinalIgnoreCase)) return "text";
            if (IsText) return size is null ? type : $"character varying({size})";
            if (RealType is not null) return RealType;
            return IsNumeric && precision is not null && scale is not null ? $"{type}({precision},{scale})" : type;
        }
    }

    private bool IsFloat => Floats.Contains(type);

    private bool IsInteger => Integers.Contains(type);

    private bool IsNumeric => type.Equals("numeric", StringComparison.OrdinalIgnoreCase) || type.Equals("decimal", StringComparison.OrdinalIgnoreCase);

    public bool Equals(ColumnValue? other) =>
        other is not null && (name, type, size, precision, scale) == (other.Name, other.Type, other.Size, other.Precision, other.Scale);

    public override bool Equals(object? obj) => Equals(obj as ColumnValue);

    public override int GetHashCode() => HashCode.Combine(name, type);

    private long TextSize => type.Equals("text", StringComparison.OrdinalIgnoreCase) || size is null ? 256 : size.Value;

    public bool CanExpandTo(ColumnValue other) => IsText && other.IsText && other.TextSize > TextSize;

    /// <summary>Names that packages use for types, in PostgreSQL's words.</summary>
    public static string Translate(string type) => type.ToUpperInvariant() switch
    {
        "STRING" => "TEXT",
        "INTEGER" => "INT",
        "TIMESTAMP" => "TIMESTAMP",
        "FLOAT" => "FLOAT",
        "BOOLEAN" => "BOOLEAN",
        _ => type,
    };

    /// <summary><c>api.Column</c>: makes columns and translates types.</summary>
    public static readonly IJinjaObject Factory = new ColumnFactory();

    public override bool TryGetAttribute(string attribute, out object? value) => Members.TryGet(this, attribute, out value) || Factory.TryGetAttribute(attribute, out value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"<Column {name} ({DataType})>");

    /// <summary><c>numeric(10,2)</c> → a column of type numeric with precision 10 and scale 2.</summary>
    public static ColumnValue FromDescription(string name, string description)
    {
        var match = Sized().Match(description);
        if (!match.Success) return new ColumnValue(name, description);
        var first = long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[3].Success
            ? new ColumnValue(name, match.Groups[1].Value, null, first, long.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture))
            : new ColumnValue(name, match.Groups[1].Value, first);
    }

    [GeneratedRegex(@"^([^(]+)\((\d+)(?:,\s*(\d+))?\)$")]
    private static partial Regex Sized();
}
