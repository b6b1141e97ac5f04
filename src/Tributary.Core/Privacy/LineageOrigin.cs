using System.Text.Json;
using Tributary.Core.Postgres;

namespace Tributary.Core.Privacy;

/// <summary>
/// A column that a value comes from. <paramref name="Path"/> is the part of a JSON document, when known; <paramref name="IsTransformed"/> is
/// false when the value is repeated, at most cast.
/// </summary>
public sealed record LineageOrigin(Relation Relation, string Column, string? Path, bool IsTransformed)
{
    /// <summary>As <c>reads.columns[].origins[]</c> holds it.</summary>
    internal static LineageOrigin Parse(JsonElement origin) => new(
        new Relation(Text(origin, "schema"), Text(origin, "relation")), Text(origin, "column"),
        origin.TryGetProperty("path", out var path) ? path.GetString() : null,
        origin.TryGetProperty("transformed", out var transformed) && transformed.GetBoolean());

    private static string Text(JsonElement origin, string name) => origin.GetProperty(name).GetString() ?? "";
}
