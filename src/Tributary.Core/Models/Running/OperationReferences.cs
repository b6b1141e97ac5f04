using Tributary.Core.Models.Changes;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>References of what runs by itself, outside the graph: it may name anything that has a relation.</summary>
internal sealed class OperationReferences(ParsedProject project, string package) : ICollector
{
    public RelationValue Ref(string? inPackage, string name, object? version, SourcePosition at)
    {
        var asked = version is null ? null : PythonText.Of(version);
        var target = project.References.Find(name, inPackage, package, asked) is { } found ? project.Find(found.Id) : null;
        if (target is null) throw new UserErrorException([project.References.UnknownReference(name, inPackage, at, asked)]);
        if (!target.IsEphemeral) return CompileReferences.RelationOf(target, project);
        throw new UserErrorException(ErrorCodes.UnknownReference, at, $"ref('{name}'): the model is ephemeral, so that an operation finds no relation of it", "Materialize it as a view.");
    }

    public RelationValue Source(string source, string table, SourcePosition at)
    {
        var found = project.References.FindSource(source, table, package) ?? throw new UserErrorException([project.References.UnknownSource(source, table, at)]);
        return new RelationValue { Database = found.Database ?? project.Settings.Target.Database, Schema = found.Schema, Identifier = found.Identifier, Quoted = found.Quoting };
    }

    /// <summary>Nothing remembers how far an operation has seen a stream: it reads everything.</summary>
    public object Changes(string? source, string table, bool withDeleted, SourcePosition at)
    {
        var found = project.References.FindSource(source ?? "", table, package) ?? throw new UserErrorException([project.References.UnknownSource(source ?? "", table, at)]);
        return ChangeReading.Whole(found, project.Settings).Relation(found, withDeleted);
    }

    public void Configure(IEnumerable<KeyValuePair<string, object?>> values)
    {
    }
}
