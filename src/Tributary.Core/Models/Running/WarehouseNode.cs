using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Running;

/// <summary>
/// What models, seeds and tests have in common: compiled on one connection, freshness by fingerprint, success written in the
/// node's own commit.
/// </summary>
internal abstract class WarehouseNode : Node
{
    private readonly ModelWorkshop workshop;
    private readonly ParsedNode parsed;

    [SetsRequiredMembers]
    protected WarehouseNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn)
    {
        this.workshop = workshop;
        this.parsed = parsed;
        Id = parsed.Id;
        Name = parsed.Name;
        Kind = parsed.Kind;
        DependsOn = dependsOn;
        At = parsed.At;
        Fqn = parsed.Fqn;
        Tags = parsed.Config.Tags;
    }

    public ParsedNode Parsed => parsed;

    protected ModelWorkshop Workshop => workshop;

    public override string? ConfigValue(string key) => parsed.Config.Text(key);

    public override async Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel)
    {
        if (context.Successes.Find(Id) is not { } success) return Freshness.Stale("it was never built here");
        if (success.IsStale) return Freshness.Stale("its last build failed");
        if (!success.IsOurs) return Freshness.Stale("its relation, or a function that it calls, is not the one of its last build");
        if (NodeReads.Parse(success.Reads)?.Never is { } never) return Freshness.Stale(never);
        if (context.FullRefresh && IsRefreshable) return Freshness.Stale("a full refresh was asked for");
        var (fingerprint, because) = await FingerprintAsync(context, cancel);
        if (because is not null) return Freshness.Stale(because);
        return fingerprint == success.Fingerprint ? Freshness.Fresh() : Freshness.Stale("its SQL, its configuration or something upstream changed");
    }

    /// <summary>Keeps a growing relation that <c>--full-refresh</c> builds anew.</summary>
    protected abstract bool IsRefreshable { get; }

    /// <summary>What goes into the node now, and why it can never be fresh (or null).</summary>
    private async Task<(string Fingerprint, string? Never)> FingerprintAsync(RunContext context, CancellationToken cancel)
    {
        await using var reading = workshop.Reading(context, cancel);
        try
        {
            var fingerprint = Fingerprint(Compile(context, reading.Session, cancel), context, out var never);
            return (fingerprint, never);
        }
        catch (PostgresException)
        {
            return ("", "its SQL cannot be compiled as things stand"); // building it will say why
        }
    }

    protected string Fingerprint(CompiledNode compiled, RunContext context, out string? never)
    {
        using var fingerprint = new Fingerprint();
        AddDefinition(fingerprint, compiled, context);
        never = AddUpstream(fingerprint, context);
        return fingerprint.Finish();
    }

    /// <summary>The fingerprint of what the node makes of its input, whatever that is.</summary>
    protected string Definition(CompiledNode compiled, RunContext context)
    {
        using var fingerprint = new Fingerprint();
        AddDefinition(fingerprint, compiled, context);
        return fingerprint.Finish();
    }

    private void AddDefinition(Fingerprint fingerprint, CompiledNode compiled, RunContext context)
    {
        fingerprint.Add("sql", compiled.Stable).Add("config", ConfigText()).Add("overrides", workshop.Overrides).Add("place", $"{parsed.Database}.{parsed.Relation}");
        if (compiled.ReadsAsOf) fingerprint.Add("as_of", context.AsOf.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        AddContent(fingerprint);
    }

    protected virtual CompiledNode Compile(RunContext context, WarehouseSession session, CancellationToken cancel) =>
        workshop.Compiler.Compile(parsed, context, session, cancel);

    /// <summary>Adds how far each node upstream is; the answer is why this one can never be fresh, or null.</summary>
    protected virtual string? AddUpstream(Fingerprint fingerprint, RunContext context) => workshop.Upstream.AddTo(fingerprint, parsed, context.Successes);

    /// <summary>What else decides the result: a seed's file.</summary>
    protected virtual void AddContent(Fingerprint fingerprint)
    {
    }

    private string ConfigText() => PlainObject.ToJson(
        parsed.Config.Values.Where(entry => entry.Key is not ("tags" or "meta" or "docs" or "group" or "access" or "enabled")).ToDictionary(), sorted: true);
}
