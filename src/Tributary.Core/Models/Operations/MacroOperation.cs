using System.Runtime.ExceptionServices;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Models.Running;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Operations;

/// <summary>
/// Runs one macro by itself. As in dbt its statements commit one by one; a statement block that asks for a transaction
/// (<c>auto_begin</c>, which is usual) opens one, and what is not committed when the macro ends is taken back.
/// </summary>
internal sealed class MacroOperation(ModelWorkshop workshop, RunContext run)
{
    public Task RunAsync(string name, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancel) => GuardAsync(name, macro => CommittingAsync(macro, name, arguments, cancel), cancel);

    /// <summary>All statements in one transaction, with the success record; a template's own begin and commit count for nothing.</summary>
    public Task<SuccessRecord> RunOnceAsync(string name, IReadOnlyDictionary<string, object?> arguments, Success success, CancellationToken cancel) => GuardAsync(name, async macro =>
    {
        await using var connection = await run.Database.OpenAsync(cancel);
        var session = Session(connection, isOperation: false, cancel);
        Call(macro, arguments, session, cancel);
        if (session.HasCommitted)
            throw new UserErrorException(ErrorCodes.NotSupported, macro.At, $"{name} commits by a statement of its own, and a job runs it as one transaction", "Take its commit out, or run it by hand with `tributary run-operation`.");
        var record = session.Commit(success, run);
        run.Successes.Committed(record);
        return record;
    }, cancel);

    private async Task<bool> CommittingAsync(PackageMacro macro, string name, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancel)
    {
        await using var connection = await run.Database.OpenAsync(cancel);
        var session = Session(connection, isOperation: true, cancel);
        session.CommitEachStatement();
        Call(macro, arguments, session, cancel);
        if (!session.HasOpenTransaction) return true;
        ModelLog.Warning(run.Logger, macro.At.ToString(), $"{name} began a transaction and did not commit it: what it did there is taken back; end with adapter.commit(), or begin none by auto_begin=false");
        session.Execute("rollback", fetch: false);
        return true;
    }

    private WarehouseSession Session(NpgsqlConnection connection, bool isOperation, CancellationToken cancel) =>
        new(new Lazy<NpgsqlConnection>(connection), workshop.Project.Settings.Target.Database, cancel, run.Scope.Share(() => new RelationCache())) { IsOperation = isOperation, Print = run.Print };

    private async Task<T> GuardAsync<T>(string name, Func<PackageMacro, Task<T>> work, CancellationToken cancel)
    {
        var macro = Find(name);
        try
        {
            return await work(macro);
        }
        catch (PostgresException error)
        {
            cancel.ThrowIfCancellationRequested();
            var found = DatabaseError.From(error);
            if (found.IsTransient) throw new TransientException($"{name}: {found.Message}", error);
            throw new UserErrorException(ErrorCodes.DatabaseRefused, macro.At, $"{name}: {found.Message}", found.Hint);
        }
        catch (NpgsqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TransientException($"{name}: the warehouse was lost: {error.Message}", error);
        }
    }

    private void Call(PackageMacro macro, IReadOnlyDictionary<string, object?> arguments, WarehouseSession session, CancellationToken cancel)
    {
        var context = OperationContext.Make(workshop, macro.Name, macro.Package, macro.At, run, session, cancel);
        try
        {
            context.Bind(macro).Call(new CallArguments(context.Templates, [], [.. arguments.Select(argument => KeyValuePair.Create(argument.Key, PlainObject.ToTemplate(argument.Value)))]));
        }
        catch (TemplateException error)
        {
            if (error.InnerException is NpgsqlException refused) ExceptionDispatchInfo.Throw(refused);
            throw new UserErrorException([TemplateErrors.Of(error, macro.At)]);
        }
    }

    /// <summary>By its full name, or the project's, a package's, the engine's.</summary>
    private PackageMacro Find(string name)
    {
        var macros = workshop.Project.Macros;
        var dot = name.IndexOf('.');
        var found = dot > 0 ? macros.FindIn(name[..dot], name[(dot + 1)..])
            : macros.FindIn(workshop.Project.Root.Name, name)
                ?? macros.Packages.Where(package => package != EmbeddedMacros.Package).Order(StringComparer.Ordinal).Select(package => macros.FindIn(package, name)).FirstOrDefault(macro => macro is not null)
                ?? macros.FindIn(EmbeddedMacros.Package, name);
        return found ?? throw new UserErrorException(ErrorCodes.UnknownName, null, $"there is no macro '{name}'",
            Nearest.Hint(name, [.. macros.NamesIn(workshop.Project.Root.Name), .. macros.Packages.Where(package => package != workshop.Project.Root.Name && package != EmbeddedMacros.Package).SelectMany(package => macros.NamesIn(package).Select(macro => $"{package}.{macro}"))]));
    }
}
