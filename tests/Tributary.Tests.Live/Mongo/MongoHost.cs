using Tributary.Connectors.Mongo;

namespace Tributary.Tests.Live.Mongo;

/// <summary>
/// The double as a process of its own, so that a program's memory can be measured without it: prints its address, then for each collection whose name
/// it reads how many documents readers see, the first one, and how many commands came since.
/// </summary>
internal static class MongoHost
{
    public static async Task<int> RunAsync()
    {
        await using var server = new MongoDouble();
        Console.WriteLine(server.Open);
        while (await Console.In.ReadLineAsync() is { } name)
        {
            var found = server.Store.Read(name);
            Console.WriteLine($"{name}: {found.Count} documents, {server.Heard.Count} commands; {(found.Count > 0 ? Text(found[0]) : "")}");
            server.Arm();
        }
        return 0;
    }

    private static string Text(object? value) => value switch
    {
        Bson document => $"{{{string.Join(", ", document.Fields.Select(field => $"{field.Name}: {Text(field.Value)}"))}}}",
        DateTimeOffset instant => instant.ToString("u"),
        null => "null",
        _ => value.ToString()!,
    };
}
