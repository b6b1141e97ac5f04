using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Caching;

/// <summary>
/// A template that looked at the clock, at flags or at the call's arguments while its references were collected. It is rendered
/// again in every call; the cached parse counts if it collects the same (<paramref name="Collected"/>), which it nearly always does.
/// </summary>
internal sealed record CallDependent(string Name, string Package, SourcePosition At, Template Template, NodeConfig Config, byte[] Collected)
{
    /// <summary>The template, rendered now, collects what it collected then.</summary>
    public bool Holds(ParseContexts contexts)
    {
        var self = contexts.Provisional(Name);
        var collected = new Collected(self);
        try
        {
            Template.Render(contexts.Make(Package, At, Config, self, collected).Templates);
        }
        catch (Exception wrong) when (wrong is TemplateException or UserErrorException)
        {
            return false; // parsing says what is wrong
        }
        return PictureOf(collected).AsSpan().SequenceEqual(Collected);
    }

    /// <summary>What was collected, to be compared.</summary>
    public static byte[] PictureOf(Collected collected) => ParseCache.Bytes(new object[] { collected.References, collected.Config });
}
