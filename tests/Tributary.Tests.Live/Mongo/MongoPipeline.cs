using Tributary.Connectors.Mongo;

namespace Tributary.Tests.Live.Mongo;

/// <summary>The stages and conditions that the destination's views and reads use; any other is an error of the test.</summary>
internal static class MongoPipeline
{
    public static IEnumerable<Bson> Run(IEnumerable<Bson> documents, IEnumerable<Bson> stages, Func<string, IEnumerable<Bson>> resolve)
    {
        foreach (var stage in stages)
        {
            var (name, body) = Assert.Single(stage.Fields);
            documents = name switch
            {
                "$match" => Match(documents, (Bson)body!),
                "$set" => documents.Select(document => Set(document, (Bson)body!)),
                "$unset" => documents.Select(document => ((IEnumerable<object?>)body!).Cast<string>().Aggregate(document, Unset)),
                "$unionWith" => documents.Concat(resolve((string)body!)),
                "$group" => Group(documents, (Bson)body!),
                _ => throw new NotSupportedException(name),
            };
        }
        return [.. documents];
    }

    public static IEnumerable<Bson> Match(IEnumerable<Bson> documents, Bson condition) => documents.Where(document => IsMatch(document, condition));

    public static bool IsMatch(Bson document, Bson condition) => condition.Fields.All(field => Holds(At(document, field.Name), field.Value));

    /// <summary>The value at a dotted path.</summary>
    public static object? At(Bson document, string path)
    {
        object? value = document;
        foreach (var part in path.Split('.')) value = (value as Bson)?[part];
        return value;
    }

    private static bool Holds(object? value, object? wanted) => wanted is Bson { Fields: [var (name, list), ..] } && name.StartsWith('$')
        ? name switch
        {
            "$in" => ((IEnumerable<object?>)list!).Any(item => Same(item, value)),
            "$nin" => !((IEnumerable<object?>)list!).Any(item => Same(item, value)),
            _ => throw new NotSupportedException(name),
        }
        : Same(wanted, value);

    private static bool Same(object? one, object? other) => one is int or long && other is int or long ? Convert.ToInt64(one) == Convert.ToInt64(other) : Equals(one, other);

    private static Bson Set(Bson document, Bson fields) => new(document.Fields.Select(field => fields.Has(field.Name) ? (field.Name, At(document, fields.Text(field.Name)![1..])) : field));

    private static Bson Unset(Bson document, string path)
    {
        var parts = path.Split('.', 2);
        return new Bson(document.Fields.Where(field => parts.Length > 1 || field.Name != parts[0])
            .Select(field => parts.Length > 1 && field.Name == parts[0] && field.Value is Bson inner ? (field.Name, Unset(inner, parts[1])) : field));
    }

    private static IEnumerable<Bson> Group(IEnumerable<Bson> documents, Bson body) =>
        documents.GroupBy(document => At(document, body.Text("_id")![1..])).Select(group => new Bson(("_id", group.Key), ("n", group.Count())));
}
