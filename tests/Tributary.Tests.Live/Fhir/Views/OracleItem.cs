using System.Text.Json.Nodes;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>One item of a collection; <paramref name="Type"/> is known when an element's key names it (<c>valueQuantity</c>).</summary>
internal sealed record OracleItem(JsonNode Node, string? Type = null)
{
    /// <summary>A day by its element's name, where a bare one could be a dateTime too.</summary>
    public bool IsDate { get; init; }

    public bool? Boolean => Node is JsonValue value && value.TryGetValue<bool>(out var truth) ? truth : null;

    public string? Text => Node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public decimal? Number => Node is JsonValue value && Boolean is null && Text is null ? value.GetValue<decimal>() : null;

    public static OracleItem Of(bool value) => new(JsonValue.Create(value));

    public static OracleItem Of(string value) => new(JsonValue.Create(value));

    public static OracleItem Of(decimal value) => new(JsonValue.Create(value));
}
