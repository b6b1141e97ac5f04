using System.CommandLine;
using Tributary.Cli.Views;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>fhir run</c>: one SQL-on-FHIR view over one file. <c>fhir test</c>: a directory of conformance cases.</summary>
internal static class FhirCommand
{
    private static readonly Option<FileInfo> View = new("--view") { Description = "A ViewDefinition as JSON.", HelpName = "FILE", Required = true };

    private static readonly Option<FileInfo> Input = new("--input") { Description = "Resources as NDJSON, one a line; those of other types are passed over.", HelpName = "FILE", Required = true };

    private static readonly Option<string> Format = new("--format") { Description = "json (an array), ndjson or csv.", DefaultValueFactory = _ => "json" };

    private static readonly Argument<DirectoryInfo> Directory = new("DIR") { Description = "The folder with the cases." };

    private static readonly Option<FileInfo?> Report = new("--report") { Description = "Where to write test_report.json.", HelpName = "FILE" };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong(RowWriter.Formats);
        return new Command("fhir", "SQL-on-FHIR views: run one alone, or run conformance cases.")
        {
            new Command("run", "Run one view over a file of resources; nothing stays in the warehouse.") { View, Input, Format }.WithAction(RunAsync),
            new Command("test", "Run conformance cases; exit status 1 when one fails.") { Directory, Report }.WithAction(TestAsync),
        };
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var view = ViewDefinitions.Read(Existing(invocation.Get(View)!)); // required
        var compiled = ViewCompiler.Compile(view, ResourceTable.Of(view.Resource), ColumnForm.Document);
        var input = Existing(invocation.Get(Input)!); // required
        await using var database = await ViewWarehouse.OpenAsync(invocation, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var table = new ResourceTable(connection);
        await table.BeginAsync(cancel);
        await using (var content = File.OpenRead(input))
        {
            if (await table.LoadAsync(content, input, view.Resource, cancel) == 0)
                invocation.Warn($"{input} holds no {Excerpt.Of(view.Resource)}, which is the `resource` of the view.");
        }
        var writer = new RowWriter(invocation.Results.Profile.Out.Writer, invocation.Get(Format)!, [.. compiled.Columns.Select(column => column.Name)]); // has a default
        writer.Begin();
        await foreach (var row in new ViewRows(connection, view, compiled).ReadAsync(cancel)) writer.Write(row);
        writer.End();
        return 0;
    }

    private static async Task<int> TestAsync(Invocation invocation, CancellationToken cancel)
    {
        var folder = invocation.Get(Directory)!; // required
        if (!folder.Exists) throw Missing(folder.FullName);
        await using var database = await ViewWarehouse.OpenAsync(invocation, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var results = new SortedDictionary<string, IReadOnlyList<ConformanceResult>>(StringComparer.Ordinal);
        foreach (var path in folder.EnumerateFiles("*.json").Select(file => file.FullName).Order(StringComparer.Ordinal))
        {
            if (ConformanceFile.Read(path) is { } file) results[file.Name] = await file.RunAsync(connection, cancel);
        }
        if (invocation.Get(Report) is { } report) await File.WriteAllTextAsync(report.FullName, ConformanceReport.Write(results), cancel);
        return Tell(invocation, results);
    }

    private static int Tell(Invocation invocation, IReadOnlyDictionary<string, IReadOnlyList<ConformanceResult>> results)
    {
        var failed = results.SelectMany(file => file.Value.Where(result => !result.Passed).Select(result => (File: file.Key, Result: result))).ToList();
        var count = results.Sum(file => file.Value.Count);
        if (invocation.AsJson) invocation.WriteLine(ConformanceReport.Write(results).TrimEnd());
        else foreach (var (file, result) in failed) invocation.WriteLine($"failed  {file}: {result.Name}: {result.Reason}");
        if (!invocation.AsJson) invocation.WriteLine($"{count - failed.Count} of {count} cases passed.");
        return failed.Count > 0 || count == 0 ? 1 : 0;
    }

    private static string Existing(FileInfo file) => file.Exists ? file.FullName : throw Missing(file.FullName);

    private static UserErrorException Missing(string path) => new(ErrorCodes.FileMissing, new SourcePosition(path), "There is no such file or folder.");
}
