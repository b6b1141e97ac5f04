using System.Globalization;

namespace Tributary.Synthetic.Engage;

/// <summary>Reads <c>questionnaires.txt</c> and <c>options.txt</c>, whose heads describe their form.</summary>
internal sealed class QuestionnaireCatalog
{
    private QuestionnaireCatalog(IReadOnlyList<Questionnaire> all, IReadOnlyDictionary<string, OptionSet> options) => (All, Options) = (all, options);

    public IReadOnlyList<Questionnaire> All { get; }

    public IReadOnlyDictionary<string, OptionSet> Options { get; }

    /// <summary>The answers that a choice may have, mildest first.</summary>
    internal sealed record OptionSet(string System, IReadOnlyList<(string Code, string Display)> Values);

    public Questionnaire this[string name] => All.First(questionnaire => questionnaire.Name == name);

    public static QuestionnaireCatalog Load() => new(
        [.. Blocks("questionnaires.txt").SelectMany(block => Questionnaires(block.Head, block.Lines))],
        Blocks("options.txt").ToDictionary(block => Fields(block.Head)[0], block => Options_(block.Head, block.Lines), StringComparer.Ordinal));

    private static IEnumerable<Questionnaire> Questionnaires(string head, IReadOnlyList<string> lines)
    {
        var fields = Fields(head);
        var items = Items(lines);
        var sessions = int.Parse(fields[3], CultureInfo.InvariantCulture);
        return Enumerable.Range(1, sessions).Select(n => new Questionnaire(Numbered(fields[0], n), Numbered(fields[1], n), Numbered(fields[2], n), items));
    }

    private static OptionSet Options_(string head, IReadOnlyList<string> lines) =>
        new(Fields(head)[1], [.. lines.Select(Fields).Select(fields => (fields[0], fields[1]))]);

    /// <summary>Two spaces of indentation are one level; the marker says whether a line hangs on an item or on its answers.</summary>
    private static List<QuestionnaireItem> Items(IReadOnlyList<string> lines)
    {
        List<QuestionnaireItem> top = [];
        List<QuestionnaireItem> path = [];
        foreach (var line in lines)
        {
            var depth = (line.Length - line.TrimStart().Length) / 2;
            var text = line.TrimStart();
            var f = Fields(text[1..]);
            var item = new QuestionnaireItem(f[0], f[1], f[2], f[3], f[4], f[5], f[6]);
            path.RemoveRange(depth, path.Count - depth);
            (depth == 0 ? top : text[0] == '>' ? path[^1].AnswerItems : path[^1].Items).Add(item);
            path.Add(item);
        }

        return top;
    }

    private static IEnumerable<(string Head, IReadOnlyList<string> Lines)> Blocks(string resource)
    {
        (string Head, List<string> Lines)? block = null;
        foreach (var line in Lines(resource).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] != '=')
            {
                block!.Value.Lines.Add(line); // the files begin with a head
                continue;
            }

            if (block is { } done) yield return done;
            block = (line[1..], []);
        }

        if (block is { } last) yield return last;
    }

    private static IEnumerable<string> Lines(string resource)
    {
        using var stream = typeof(QuestionnaireCatalog).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The embedded file {resource} is missing.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static string[] Fields(string line) => [.. line.Split('|').Select(field => field.Trim())];

    private static string Numbered(string text, int number) => text.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
