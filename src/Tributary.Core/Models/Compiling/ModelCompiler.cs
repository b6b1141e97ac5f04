using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Models.Changes;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Microbatches;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Tests;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Compiling;

/// <summary>Renders a node with <c>execute = true</c>: references become relations, ephemeral models become expressions of the query.</summary>
internal sealed class ModelCompiler(ParsedProject project)
{
    private readonly Lazy<DbtProject[]> packages = new(() => [.. project.Files.Packages.Select(package => package.Project)]);
    private readonly Lazy<JinjaDict> graph = new(() => GraphPicture.Of(project).Shared()) /* packages keep what a run shares in it */;

    /// <summary>
    /// The node's SQL; <paramref name="instead"/> says what is read in place of some nodes, by their ids. A template may query through the session, which opens its connection when it is first asked. Throws
    /// <see cref="UserErrorException"/> with the place in the template.
    /// </summary>
    public CompiledNode Compile(
        ParsedNode node, RunContext run, WarehouseSession session, CancellationToken cancel, IReadOnlyDictionary<string, RelationValue>? instead = null, Following following = Following.AsRecorded)
    {
        var reading = ChangeReading.Of(project, node, CursorOf(node, run, following));
        var compiled = new Dictionary<string, string>(StringComparer.Ordinal);
        var expressions = new List<(string Name, string Sql)>();
        var readsAsOf = BatchPlan.IsMicrobatch(node); // its batches go up to the run's day
        var sql = Render(node);
        sql = EphemeralSql.Inject(sql, expressions);
        var stable = readsAsOf ? Stable(sql, run.AsOf) : sql;
        return new CompiledNode(sql, reading is null ? stable : ChangeReading.Stable(stable), readsAsOf) { Reading = reading };

        string Render(ParsedNode of)
        {
            var references = new CompileReferences(project, of, of == node ? run.Batch : null) { Session = session, Selected = run.Traces.Chosen, Instead = instead, Reading = reading };
            var context = Context(of, references, run, session, cancel, of == node ? reading : null);
            var text = Text(of, context).Trim('\n', '\r', ' ', '\t', ';');
            readsAsOf |= context.ReadAsOf;
            foreach (var ephemeral in references.Ephemerals)
            {
                if (!compiled.TryAdd(ephemeral.Id, "")) continue;
                var inner = Render(ephemeral);
                expressions.Add((RelationValue.EphemeralPrefix + ephemeral.Name, inner));
            }
            return text;
        }
    }

    /// <summary>A context for this node's templates, its materialization's among them.</summary>
    public NodeContext Context(ParsedNode node, ICollector references, RunContext run, WarehouseSession session, CancellationToken cancel, ChangeReading? reading = null)
    {
        var context = new NodeContext(Names(node, project.Settings), references, execute: true) { Run = run, Session = session, Cancel = cancel };
        session.Comment ??= QueryComments.Of(project.Root, node, context);
        if (run.Batch is { IsIncremental: true }) SayIncremental(context, isIncremental: true);
        if (reading is not null && node.Config.Materialized == "incremental") SayIncremental(context, reading.Keys is not null);
        return context;
    }

    private static void SayIncremental(NodeContext context, bool isIncremental)
    {
        context["is_incremental"] = new Function("is_incremental", "", _ => isIncremental);
        context["should_full_refresh"] = new Function("should_full_refresh", "", _ => !isIncremental);
    }

    /// <summary>Where the node left off, when its relation is still the one of that time; null: it is to look at everything.</summary>
    private static ChangeCursor? CursorOf(ParsedNode node, RunContext run, Following following)
    {
        if (node.Config.Materialized != "incremental" || following == Following.Anew) return null;
        var cursor = run.Successes.Find(node.Id) is { IsOurs: true } success ? success.Cursor : null;
        if (following == Following.Later) return cursor ?? new ChangeCursor("", new Dictionary<string, long>());
        return node.Config["full_refresh"] as bool? ?? run.FullRefresh ? null : cursor;
    }

    /// <summary>What a node's templates know, with settings that may be others than the project's.</summary>
    public NodeNames Names(ParsedNode node, ModelSettings settings)
    {
        var own = project.Files.Packages.FirstOrDefault(package => package.Project.Name == node.Package)?.Project;
        return new NodeNames(project.Macros, settings, project.Root)
        {
            Package = node.Package,
            Kind = node.Kind,
            Packages = packages.Value,
            At = new SourcePosition(node.Path, 1),
            Variables = new Variables(settings, project.Root, own, node.Package),
            Config = node.Config,
            This = CompileReferences.RelationOf(node, project),
            Picture = () => NodePicture.Of(node, project.Macros),
            Graph = () => graph.Value,
        };
    }

    private string Text(ParsedNode node, NodeContext context)
    {
        try
        {
            return node.Test is { } test ? TestText(node, test, context) : node.Template?.Render(context.Templates) ?? "";
        }
        catch (TemplateException error)
        {
            throw new UserErrorException([TemplateErrors.Of(error, node.At)]);
        }
    }

    private string TestText(ParsedNode node, GenericTest test, NodeContext context)
    {
        var name = $"test_{test.Name}";
        var macro = test.Package is { } package ? project.Macros.FindIn(package, name) : project.Macros.Find(name, node.Package);
        if (macro is null) throw new InvalidOperationException($"The macro {name} of {node.Id} was there at discovery.");
        context["column_name"] = test.Column;
        var arguments = TestArguments.Evaluate(test.Arguments, context);
        return PythonText.Of(PlainObject.From(context.Bind(macro).Call(new CallArguments(context.Templates, [], [.. arguments]))));
    }

    /// <summary>The instant of the run changes with each run; its day is what the node is said to depend on.</summary>
    private static string Stable(string sql, DateTimeOffset asOf) => sql.Replace(
        AsOf.Literal(asOf), $"'{asOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'::timestamptz", StringComparison.Ordinal);
}
