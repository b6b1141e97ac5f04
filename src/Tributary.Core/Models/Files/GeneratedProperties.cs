using Tributary.Core.Graph;

namespace Tributary.Core.Models.Files;

/// <summary>
/// The columns of a model that the engine wrote, with what properties YAML adds: a description, a class or a type that is given there
/// stands in place of the generated one, tests are added. What YAML does not speak of stays.
/// </summary>
internal static class GeneratedProperties
{
    public static IReadOnlyList<ColumnProperties> Columns(GeneratedModel model, NodeProperties? properties)
    {
        var given = (properties?.Columns ?? []).ToLookup(column => column.Name, StringComparer.Ordinal);
        var own = model.Columns.Select(column => Of(column, model)).ToList();
        var names = own.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return [.. own.Select(column => given[column.Name].Aggregate(column, Join)), .. given.Where(group => !names.Contains(group.Key)).SelectMany(group => group)];
    }

    private static ColumnProperties Of(GeneratedColumn column, GeneratedModel model) => new(column.Name, model.At)
    {
        Description = column.Description,
        DataType = column.DataType,
        Class = column.Class,
        Tests = [.. (column.Tests ?? []).Select(test => new TestDeclaration(test, null, model.At))],
    };

    private static ColumnProperties Join(ColumnProperties own, ColumnProperties given) => given with
    {
        Description = given.Description.Length > 0 ? given.Description : own.Description,
        DataType = given.DataType ?? own.DataType,
        Class = given.Class ?? own.Class,
        Tests = [.. own.Tests.Where(test => !given.Tests.Any(other => other.Name == test.Name && other.Namespace is null)), .. given.Tests],
    };
}
