using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>How the raw table's columns for users are called, so that SQL written for today's tables runs unchanged.</summary>
public sealed record RawColumns(
    [Description("The record's key (text).")] string Id = "id",
    [Description("The record as it came (jsonb).")] string Document = "document",
    [Description("When the row was loaded (timestamptz).")] string LoadedAt = "loaded_at",
    [Description("Which of several streams a row comes from (text); with it they share one table. Absent: a table belongs to one stream.")]
    string? Source = null);
