using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Caching;

/// <summary>A project as an earlier call parsed it, with the models that the engine had written then.</summary>
internal sealed class CachedParse(ParsedProject parsed, byte[] generated)
{
    public ModelFiles Files => parsed.Files;

    /// <summary>The parsed project, if the engine writes the same models now.</summary>
    public ParsedProject? With(IReadOnlyList<GeneratedModel> models) => ParseCache.Bytes(models).AsSpan().SequenceEqual(generated) ? parsed : null;
}
