using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Context.Time;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Running;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.SourceFreshness;

/// <summary>Asks the warehouse when the newest record of a source table came, by the macros that a project may put its own in place of.</summary>
internal sealed class FreshnessCheck(ModelWorkshop workshop, RunContext run)
{
    private static readonly DateTimeOffset Never = new(1, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ParsedProject project = workshop.Project;

    /// <summary>What the table says; null when it asks for no check.</summary>
    public FreshnessRule? RuleOf(SourceTable source)
    {
        var own = project.Files.Packages.FirstOrDefault(package => package.Project.Name == source.Package)?.Project ?? project.Root;
        DbtProject[] configured = own == project.Root ? [own] : [own, project.Root];
        var folders = configured.SelectMany(from => FolderConfig.Levels(from, "sources", source.Fqn))
            .Where(level => level.ContainsKey("freshness")).Select(level => level["freshness"] as IReadOnlyDictionary<string, object?>);
        var rule = FreshnessRule.Of(folders.Concat(source.FreshnessLevels), source.At);
        return rule.IsEmpty ? null : rule;
    }

    /// <summary>One query. What goes wrong is a result too.</summary>
    public async Task<SourceFreshnessResult> RunAsync(SourceTable source, FreshnessRule rule, CancellationToken cancel)
    {
        var startedAt = run.Clock.GetUtcNow();
        var known = new SourceFreshnessResult(source.Id, $"{source.Source}.{source.Name}", "runtime error", startedAt, startedAt) { Rule = rule };
        try
        {
            await using var reading = workshop.Reading(run, cancel);
            var (max, now) = Ask(source, rule, reading.Session, cancel);
            return known with { Status = rule.Judge(now - max), MaxLoadedAt = max, SnapshottedAt = now, FinishedAt = run.Clock.GetUtcNow() };
        }
        catch (UserErrorException error)
        {
            return known with { Error = error.Errors[0], FinishedAt = run.Clock.GetUtcNow() };
        }
        catch (NpgsqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            var message = error is PostgresException refused ? DatabaseError.From(refused).Message : error.Message;
            return known with { Error = new UserError(ErrorCodes.DatabaseRefused, source.At, $"the freshness of {known.Name} could not be asked: {message}"), FinishedAt = run.Clock.GetUtcNow() };
        }
    }

    private (DateTimeOffset Max, DateTimeOffset Now) Ask(SourceTable source, FreshnessRule rule, WarehouseSession session, CancellationToken cancel)
    {
        var relation = new RelationValue
        {
            Database = source.Database ?? project.Settings.Target.Database,
            Schema = source.Schema,
            Identifier = source.Identifier,
            Quoted = source.Quoting,
        };
        var context = OperationContext.Make(workshop, $"freshness.{source.Id}", source.Package, source.At, run, session, cancel, relation);
        try
        {
            return Read(Collect(source, rule, relation, context), source);
        }
        catch (TemplateException error) when (error.InnerException is not NpgsqlException)
        {
            throw new UserErrorException([TemplateErrors.Of(error, source.At)]);
        }
        catch (TemplateException error)
        {
            throw error.InnerException!; // it is not null: see above
        }
    }

    private static object? Collect(SourceTable source, FreshnessRule rule, RelationValue relation, NodeContext context)
    {
        if (source.LoadedAtQuery is { } query)
            return Call("collect_freshness_custom_sql", context, relation, Template.Parse(query, source.At.File).Render(context.Templates));
        if (source.LoadedAtField is { } field) return Call("collect_freshness", context, relation, field, rule.Filter);
        throw new UserErrorException(ErrorCodes.MissingKey, source.At, $"the source {source.Source}.{source.Name} does not say by which column its freshness is known",
            "Add 'loaded_at_field:' (a column or an expression) or 'loaded_at_query:'.");
    }

    private static object? Call(string macro, NodeContext context, params object?[] arguments) =>
        context.Call(context.Node.Macros.Find(macro, context.Node.Package) ?? throw new InvalidOperationException($"The engine has lost its macro {macro}."), arguments);

    /// <summary>The macro answers with the statement's result or, in older projects, with its table.</summary>
    private static (DateTimeOffset Max, DateTimeOffset Now) Read(object? answer, SourceTable source)
    {
        var table = answer is JinjaDict result && result.TryGet("table", out var found) ? found as AgateTable : answer as AgateTable;
        if (table is not { Rows.All: [var row], Header.Names.Count: 2 })
            throw new UserErrorException(ErrorCodes.InvalidValue, source.At, $"the question for the freshness of {source.Source}.{source.Name} was not answered by one row of two columns", "They are the newest record's time and the time now.");
        return (row.Cells[0] is null ? Never : Instant(row.Cells[0], source), Instant(row.Cells[1], source));
    }

    /// <summary>Without a zone it is UTC, as dbt has it.</summary>
    private static DateTimeOffset Instant(object? value, SourceTable source) => value is DateTimeValue at
        ? new DateTimeOffset(DateTime.SpecifyKind(at.Wall - (at.Offset ?? TimeSpan.Zero), DateTimeKind.Utc))
        : throw new UserErrorException(ErrorCodes.WrongType, source.At, $"the time of {source.Source}.{source.Name} is a {(value is DateValue ? "date" : value is null ? "NULL" : "text or number")}; expected a timestamp", "Cast it: loaded_at_field: \"loaded_on::timestamp\".");
}
