namespace Tributary.Synthetic.Kotahi;

/// <summary>Writes one dataset's file of one drop, with the faults that the night has for it.</summary>
internal sealed class DropWriter(DirectoryInfo folder, Night night, Dataset dataset, FaultManifest manifest)
{
    /// <summary>The good records in the file; null when there is no such file, or none that holds what it should.</summary>
    public long? Write()
    {
        var fault = night.FileFaults.GetValueOrDefault(dataset.Name, "");
        var name = fault switch { "packed" => $"{dataset.Name}.csv.gz", "renamed_file" => $"{dataset.Name}_v2.csv", _ => $"{dataset.Name}.csv" };
        if (OutcomeOf(fault) is { } outcome) manifest.Add(new DropFault(night.Name, name, "file", fault, outcome));
        if (fault == "missing_file") return null;
        var path = new FileInfo(Path.Combine(folder.FullName, name));
        if (fault == "empty_file")
        {
            path.Create().Dispose();
            return null;
        }
        var written = WriteRecords(path, fault);
        if (fault == "doubled_file") path.CopyTo(Path.Combine(folder.FullName, $"{dataset.Name} (1).csv"), overwrite: true);
        return OutcomeOf(fault) is null or "taken" or "noted" ? written : null;
    }

    private long WriteRecords(FileInfo path, string fault)
    {
        using var file = new CsvFile(path, ColumnsOf(fault), new CsvStyle(fault == "bom", fault == "crlf", fault == "reordered_columns"));
        if (fault == "header_only") return 0;
        var faulty = new Queue<((string Kind, string Outcome) Record, int Number)>(FaultsOf(fault).Select((record, i) => (record, i)));
        var planted = faulty.Count;
        file.Ended = () =>
        {
            if (faulty.TryPeek(out var next) && next.Record.Kind != "unclosed_quote" && file.Records > 3L * next.Number * next.Number) Plant(file, path.Name, faulty.Dequeue());
        };
        dataset.Write(file, night);
        file.Ended = null;
        // What the file was too short for; and a quote that never closes, which swallows what comes behind it.
        while (faulty.TryDequeue(out var left)) Plant(file, path.Name, left);
        return file.Records - planted;
    }

    private (string Kind, string Outcome)[] FaultsOf(string fault) =>
        night.IsDamaged && fault != "reordered_columns" ? FaultyRecord.Of.GetValueOrDefault(dataset.Name, []) : [];

    private IReadOnlyList<string> ColumnsOf(string fault) => fault switch
    {
        "new_column" => [.. dataset.Columns, "PreferredName"],
        "doubled_column" => [.. dataset.Columns, "Subject"],
        "dropped_column" => [.. dataset.Columns.SkipLast(1)],
        _ => dataset.Columns,
    };

    private void Plant(CsvFile file, string name, ((string Kind, string Outcome) Record, int Number) fault)
    {
        var key = 900_000_000L + night.Number * 1_000 + fault.Number;
        manifest.Add(new DropFault(night.Name, name, "record", fault.Record.Kind, fault.Record.Outcome, file.Line, file.Offset, $"{key}"));
        file.Damaged(FaultyRecord.Make(dataset.Name, fault.Record.Kind, key));
    }

    private static string? OutcomeOf(string fault) => fault switch
    {
        "missing_file" or "renamed_file" => "noted",
        "empty_file" or "header_only" or "shrunk" or "doubled_column" => "held",
        "new_column" or "reordered_columns" or "packed" => "taken",
        "doubled_file" or "dropped_column" => "noted",
        _ => null,
    };
}
