namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>A column and its PostgreSQL type, sizes and all.</summary>
internal sealed record TypedColumn(string Name, string Type)
{
    public bool IsArray => Type.EndsWith("[]", StringComparison.Ordinal);

    public bool IsNumeric => Type.StartsWith("numeric", StringComparison.Ordinal);

    /// <summary>Without the size of a text: a cast would cut a longer value in silence.</summary>
    public string CastType => Type.StartsWith("character varying(", StringComparison.Ordinal) && !IsArray ? "character varying" : Type;
}
