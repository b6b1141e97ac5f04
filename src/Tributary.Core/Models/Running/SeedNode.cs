using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Seeds;

namespace Tributary.Core.Models.Running;

/// <summary>A CSV file of the project that becomes a table, whole.</summary>
[method: SetsRequiredMembers]
internal sealed class SeedNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn, SeedFile file) : WarehouseNode(workshop, parsed, dependsOn)
{
    protected override bool IsRefreshable => true;

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        var build = new RelationBuild(Workshop, Parsed, context, cancel)
        {
            Fingerprint = compiled => Fingerprint(compiled, context, out _),
            Seed = SeedTable.Of(Parsed),
        };
        try
        {
            return new Outcome.Succeeded(await build.RunAsync(), "seed");
        }
        catch
        {
            await Success.MarkStaleAsync(context, Id, CancellationToken.None);
            throw;
        }
    }

    protected override void AddContent(Fingerprint fingerprint)
    {
        using var stream = File.OpenRead(file.FullPath);
        fingerprint.Add("file", Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
