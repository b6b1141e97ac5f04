using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Operations;

/// <summary>SQL from the command line as a node: a template that may refer to anything.</summary>
internal static class InlineSql
{
    private const string Name = "inline_query";

    public static ParsedNode Node(ParsedProject project, string sql)
    {
        var at = new SourcePosition("--inline", 1);
        return new ParsedNode
        {
            Id = $"sql_operation.{project.Root.Name}.{Name}",
            Name = Name,
            Package = project.Root.Name,
            Kind = NodeKind.Operation,
            Path = "--inline",
            At = at,
            Fqn = [project.Root.Name, "sql", Name],
            RawCode = sql,
            Template = Parse(sql, at),
            Config = NodeConfig.Empty,
            Database = project.Settings.Target.Database,
            Schema = project.Settings.Target.SchemaPrefix + project.Settings.Target.Schema,
            Alias = Name,
        };
    }

    private static Template Parse(string sql, SourcePosition at)
    {
        try
        {
            return Template.Parse(sql, at.File);
        }
        catch (TemplateException error)
        {
            throw new UserErrorException([TemplateErrors.Of(error, at)]);
        }
    }
}
