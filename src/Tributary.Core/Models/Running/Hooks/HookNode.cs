using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Running.Hooks;

/// <summary>
/// One entry of <c>on-run-start</c> or <c>on-run-end</c>: rendered when it is its turn, and what it renders to is run. Its statements
/// commit by themselves, those that its macros run among them.
/// </summary>
internal sealed class HookNode : Node
{
    private readonly ModelWorkshop workshop;
    private readonly ParsedNode parsed;
    private readonly IReadOnlyList<NodeResult>? results;

    /// <summary><paramref name="results"/> is what hooks at the end see of the run; null at its start.</summary>
    [SetsRequiredMembers]
    public HookNode(ModelWorkshop workshop, DbtProject package, int index, IReadOnlyList<NodeResult>? results)
    {
        this.workshop = workshop;
        this.results = results;
        var when = results is null ? "on-run-start" : "on-run-end";
        Name = string.Create(CultureInfo.InvariantCulture, $"{package.Name}-{when}-{index}");
        Id = $"operation.{package.Name}.{Name}";
        Kind = NodeKind.Operation;
        DependsOn = [];
        At = new SourcePosition(package.At.File);
        Fqn = [package.Name, "hooks", Name];
        Tags = [when];
        parsed = new ParsedNode
        {
            Id = Id,
            Name = Name,
            Package = package.Name,
            Kind = Kind,
            Path = package.At.File,
            At = At,
            Fqn = Fqn,
            Config = NodeConfig.Empty,
            RawCode = (results is null ? package.OnRunStart : package.OnRunEnd)[index],
            Database = workshop.Project.Settings.Target.Database,
            Schema = workshop.Project.Settings.Target.Schema,
            Alias = Name,
        };
    }

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) => Task.FromResult(Freshness.Stale("it is part of every run"));

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        var relations = context.Scope.Share(() => new RelationCache());
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), workshop.Project.Settings.Target.Database, cancel, relations) { Print = context.Print };
        session.CommitEachStatement();
        var sql = "";
        try
        {
            sql = Render(context, session, cancel);
            context.Traces.Of(Id).CompiledCode = sql;
            var (answer, _) = session.Execute(sql, fetch: false);
            context.Traces.Of(Id).Message = sql.Trim().Length == 0 ? "OK" : answer.Message;
            session.Commit();
            return new Outcome.Succeeded(Counts.None);
        }
        catch (PostgresException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw DatabaseErrors.Of(error, parsed, sql, session.LastStatement, parsed.Path);
        }
        catch (NpgsqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw DatabaseErrors.Lost(error, parsed);
        }
    }

    private string Render(RunContext run, WarehouseSession session, CancellationToken cancel)
    {
        var context = workshop.Compiler.Context(parsed, new CompileReferences(workshop.Project, parsed), run, session, cancel);
        if (results is not null) HookResults.AddTo(context, results);
        try
        {
            return Template.Parse(parsed.RawCode, parsed.Path).Render(context.Templates);
        }
        catch (TemplateException error)
        {
            if (error.InnerException is PostgresException refused) ExceptionDispatchInfo.Throw(refused);
            throw new UserErrorException([TemplateErrors.Of(error, At)]);
        }
    }
}
