using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Context;

/// <summary>
/// What a <c>ref</c>, <c>source</c> or <c>config</c> call means now. Two live here: discovery writes calls down, compilation
/// answers them.
/// </summary>
internal interface ICollector
{
    /// <summary>The relation of a model, seed or snapshot.</summary>
    RelationValue Ref(string? package, string name, object? version, SourcePosition at);

    RelationValue Source(string source, string table, SourcePosition at);

    /// <summary>
    /// The rows of a stream's raw table that the node has to look at; without a source's name the table's own, or the stream's, must do. Deleted
    /// rows are left out unless they are asked for.
    /// </summary>
    object Changes(string? source, string table, bool withDeleted, SourcePosition at);

    /// <summary>A <c>config()</c> call in the node's own file.</summary>
    void Configure(IEnumerable<KeyValuePair<string, object?>> values);
}
