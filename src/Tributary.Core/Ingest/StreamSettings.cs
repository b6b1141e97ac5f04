using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest;

/// <summary>What one stream does differently from its source.</summary>
public sealed record StreamSettings(
    [Description("How a load changes this stream's raw table.")] Disposition? Disposition = null,
    [Description("Keep every version of this stream's records.")] bool? History = null,
    [Description("A load of this stream that meets more bad records than this stops.")] long? MaxRejects = null,
    [Description("Which files belong to the stream, as globs below the source's path; absent: by their names.")]
    [OneOrMany] IReadOnlyList<string>? Files = null);
