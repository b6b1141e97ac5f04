namespace Tributary.Synthetic.Kotahi;

/// <summary>One CSV file of a drop: its columns, and what writes its records.</summary>
internal sealed record Dataset(string Name, IReadOnlyList<string> Columns, Action<CsvFile, Night> Write)
{
    /// <summary>A dataset that says its columns as one text.</summary>
    public static Dataset Of(string name, string columns, Action<CsvFile, Night> write) => new(name, columns.Split(", "), write);

    /// <summary>A list that never changes, numbered from 1.</summary>
    public static Dataset List<T>(string name, string columns, IReadOnlyList<T> items, Action<CsvFile, T, int> write) => Of(name, columns, (file, _) =>
    {
        for (var i = 0; i < items.Count; i++)
        {
            file.Number(i + 1);
            write(file, items[i], i);
            file.End();
        }
    });
}
