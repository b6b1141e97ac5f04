using System.Text;

namespace Tributary.Tests.Live.Support;

/// <summary>Reads a small, well-formed CSV file into rows by column name: a reader that shares nothing with the program's.</summary>
internal static class PlainCsv
{
    public static List<Dictionary<string, string>> Read(string path)
    {
        var records = Records(File.ReadAllText(path).TrimStart('\uFEFF'));
        return [.. records.Skip(1).Select(record => records[0].Zip(record).ToDictionary(pair => pair.First.ToLowerInvariant(), pair => pair.Second))];
    }

    private static List<List<string>> Records(string text)
    {
        List<List<string>> records = [];
        List<string> record = [];
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (c == '"') isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\n' or '\r')) field.Append(c);
            else if (c != '\r')
            {
                record.Add(field.ToString());
                field.Clear();
                if (c != '\n') continue;
                records.Add(record);
                record = [];
            }
        }
        return records;
    }
}
