using System.Text;
using Tributary.Core.Fhir;
using Tributary.Core.Text;

namespace Tributary.Tests.Fhir;

public sealed class QuestionnaireDefinitionsTests
{
    private const string Header = "table,column,linkid,short_name,label,data_type,questionnaire_title,source,anon\n";

    private const string Form = """
        {"resourceType": "Questionnaire", "id": "form-1", "name": "Form", "url": "https://example.org/Questionnaire/form|2.0", "title": "The form", "item": [
          {"linkId": "g", "text": "Group", "type": "group", "item": [
            {"linkId": "g.1", "text": "How\ttall?", "type": "quantity", "item": [{"linkId": "g.1.x", "text": "Deep", "type": "dateTime"}]},
            {"linkId": "g.2", "text": "Which?", "type": "choice", "repeats": true}]},
          {"linkId": "n", "text": "Numbers", "type": "integer", "repeats": true},
          {"linkId": "b", "type": "boolean"}]}
        """;

    [Theory, Requirement("E8", "E9")]
    [InlineData("form")]
    [InlineData("form-1")]
    [InlineData("Form")]
    public void They_give_labels_types_and_titles_that_the_metadata_leaves_blank(string source)
    {
        var rows = string.Concat(new[] { "g.1", "g.1.x", "g.2", "n", "b" }.Select((id, i) => $"t,c{i},{id},,,,,{source},\n"));
        var table = Assert.Single(Read(rows, ("q.json", Form)).Questionnaires);

        Assert.Equal("The form", table.Title);
        Assert.Equal(["numeric How tall?", "timestamptz Deep", "text Which?", "text[] Numbers", "boolean "], table.Columns.Select(column => $"{column.Type.Name} {column.Label}"));
        Assert.All(table.Columns, column => Assert.Null(column.Class));
    }

    [Fact]
    public void What_the_metadata_says_stays()
    {
        var column = Assert.Single(Read("t,c,g.1,,Height,text,Mine,form,safe\n", ("q.json", Form)).Questionnaires[0].Columns);
        Assert.Equal(("Height", "text", "safe"), (column.Label, column.Type.Name, column.Class));
    }

    [Fact]
    public void Bundles_and_lines_hold_several()
    {
        var other = Form.Replace("form", "other", StringComparison.Ordinal).ReplaceLineEndings(" ");
        var bundle = $$$"""{"resourceType": "Bundle", "entry": [{"resource": {{{Form}}}}, {}, {"resource": {"resourceType": "Patient"}}]}""";
        var metadata = Read("t,c,b,,,,,form,\nu,c,b,,,,,other,\n", ("b.json", bundle), ("o.ndjson", "\n" + other + "\n"));
        Assert.Equal(["boolean", "boolean"], metadata.Questionnaires.Select(table => table.Columns[0].Type.Name));
    }

    [Theory]
    [InlineData("t,c,g,,,,,form,\n", "'g' of 'form'")]
    [InlineData("t,c,nope,,,,,form,\n", "'nope' of 'form'")]
    [InlineData("t,c,b,,,,,another,\n", "'b' of 'another'")]
    public void A_type_that_nobody_gives_is_a_problem_of_its_line(string row, string message)
    {
        var wrong = Assert.Throws<UserErrorException>(() => Read(row, ("q.json", Form)));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(new SourcePosition("m.csv", 2), wrong.Errors[0].At);
    }

    [Theory]
    [InlineData("{\"resourceType\": ", 1)]
    [InlineData("{}\nnot json", 2)]
    public void A_file_that_is_no_json_is_named_with_its_line(string content, int line)
    {
        var wrong = Assert.Throws<UserErrorException>(() => Read("", ("q.ndjson", content)));
        Assert.Equal(new SourcePosition("q.ndjson", line), wrong.Errors[0].At);
    }

    private static QuestionnaireMetadata Read(string rows, params (string Name, string Content)[] files) =>
        QuestionnaireMetadata.Read("m.csv", Header + rows, QuestionnaireDefinitions.Read(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Content)))));
}
