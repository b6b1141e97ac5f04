using System.Runtime.ExceptionServices;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Jinja;

namespace Tributary.Core.Models.Running;

/// <summary>Schemas made by the project's own macro <c>create_schema</c>, where it has one: it may set an owner or rights, too.</summary>
internal static class OwnSchemas
{
    private const string MacroName = "create_schema";

    public static bool AreWanted(ParsedProject project) => project.Macros.Replacement(MacroName) is not null;

    public static void Create(ModelWorkshop workshop, RunContext run, NpgsqlConnection connection, IEnumerable<string> schemas, CancellationToken cancel)
    {
        var macro = workshop.Project.Macros.Replacement(MacroName) ?? throw new InvalidOperationException("The project has no such macro.");
        var database = workshop.Project.Settings.Target.Database;
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), database, cancel, run.Scope.Share(() => new RelationCache())) { IsOperation = true, Print = run.Print };
        session.CommitEachStatement();
        var context = OperationContext.Make(workshop, MacroName, macro.Package, macro.At, run, session, cancel);
        try
        {
            foreach (var schema in schemas) context.Call(macro, new RelationValue { Database = database, Schema = schema });
            session.CommitForTemplate();
        }
        catch (TemplateException error)
        {
            if (error.InnerException is NpgsqlException refused) ExceptionDispatchInfo.Throw(refused);
            throw new UserErrorException([TemplateErrors.Of(error, macro.At)]);
        }
    }
}
