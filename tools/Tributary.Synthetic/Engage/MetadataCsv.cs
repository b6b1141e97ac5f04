namespace Tributary.Synthetic.Engage;

/// <summary>The metadata CSV of the engage example: one row a mapped item of every questionnaire.</summary>
public static class MetadataCsv
{
    private const string Header = "table,column,linkid,short_name,label,data_type,questionnaire_title,source,anon";

    /// <summary>Writes the CSV with LF line ends.</summary>
    public static void Write(TextWriter to)
    {
        to.Write(Header + "\n");
        foreach (var questionnaire in QuestionnaireCatalog.Load().All)
        {
            foreach (var item in questionnaire.AllItems.Where(item => item.IsMapped)) to.Write(Row(questionnaire, item) + "\n");
        }
    }

    private static string Row(Questionnaire form, QuestionnaireItem item) => string.Join(',',
        new[] { form.Table, item.Column, item.LinkId, item.ShortName, item.Label, item.DataType, form.Title, form.Name, item.Anon }.Select(Quote));

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
