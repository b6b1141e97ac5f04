using System.Text;
using Tributary.Core.Fhir;
using Tributary.Core.Text;
using Tributary.Synthetic.Engage;

namespace Tributary.Tests.Fhir;

public sealed class QuestionnaireMetadataTests
{
    private const string Header = "table,column,linkid,short_name,label,data_type,questionnaire_title,source,anon\n";

    [Fact, Requirement("E8")]
    public void Rows_become_tables_in_the_order_of_the_file()
    {
        var metadata = QuestionnaireMetadata.Read("m.csv", Header + "b,y,1,,,text,,form_b,safe\nb,x,2,,,date,Form B,form_b,\na,z,1,,,integer,,form_a,drop\n");

        Assert.Equal(["b", "a"], metadata.Questionnaires.Select(table => table.Table));
        Assert.Equal("form_b", metadata.Questionnaires[0].Name);
        Assert.Equal(["y 1 text safe", "x 2 date -"], metadata.Questionnaires[0].Columns.Select(column => $"{column.Name} {column.LinkId} {column.Type.Name} {column.Class ?? "-"}"));
        Assert.Equal(new SourcePosition("m.csv", 4), metadata.Questionnaires[1].At);
        Assert.Empty(metadata.Warnings);
    }

    [Fact]
    public void A_blank_column_takes_the_short_name_and_a_blank_source_the_title()
    {
        var metadata = QuestionnaireMetadata.Read("m.csv", Header + "t,,1,mood,,text,The form,,\n");

        Assert.Equal("The form", metadata.Questionnaires[0].Name);
        Assert.Equal("mood", metadata.Questionnaires[0].Columns[0].Name);
    }

    [Fact]
    public void Columns_may_come_in_any_order_and_only_three_are_needed()
    {
        var metadata = QuestionnaireMetadata.Read("m.csv", "\uFEFFdata_type,short_name,linkid,source,table\r\ntext,a,1,form,t\r\n");

        Assert.Equal("a", metadata.Questionnaires[0].Columns[0].Name);
    }

    [Fact, Requirement("E9")]
    public void Long_names_are_cut_and_taken_names_get_a_suffix()
    {
        var longName = string.Concat(Enumerable.Repeat("é", 40));
        var metadata = QuestionnaireMetadata.Read("m.csv", Header
            + $"t,{longName}a,1,,,text,,f,\nt,{longName}b,2,,,text,,f,\nt,mood,3,,,text,,f,\nt,Mood,4,,,text,,f,\nt,mood,5,,,text,,f,\nt,authored,6,,,text,,f,\n");

        var names = metadata.Questionnaires[0].Columns.Select(column => column.Name).ToList();
        Assert.Equal([longName[..31], longName[..30] + "_2", "mood", "Mood_2", "mood_3", "authored_2"], names);
        Assert.All(names, name => Assert.True(Encoding.UTF8.GetByteCount(name) <= 63));
        Assert.Equal(["m.csv:2", "m.csv:3", "m.csv:5", "m.csv:6", "m.csv:7"], metadata.Warnings.Select(warning => $"{warning.At}"));
    }

    [Fact, Requirement("E9")]
    public void Every_problem_is_reported_with_its_line()
    {
        var error = Assert.Throws<UserErrorException>(() => QuestionnaireMetadata.Read("m.csv", Header + """
            t,a,1,,,txet,,f,
            t,b,2,,,text,,f,saef
            ,c,3,,,text,,f,
            t,,4,,,text,,f,
            t,d,,,,text,,f,
            t,e,5,,,text,,,
            t,f,6,,,text,,f,
            t,F,6,,,text,,f,
            t,g,7,,,text,,other,
            T,h,8,,,text,,f2,
            t,short
            t,{{ x }},9,,,text,,f,
            """));

        Assert.Equal(
            [
                "m.csv:2: TRB0501: unknown data_type 'txet'", "m.csv:3: TRB0502: unknown class 'saef' in anon", "m.csv:4: TRB0501: table is empty",
                "m.csv:5: TRB0501: column (or short_name) is empty", "m.csv:6: TRB0501: linkid is empty", "m.csv:7: TRB0501: source (or questionnaire_title) is empty",
                "m.csv:9: TRB0501: t.F with this linkid stands already in line 8", "m.csv:10: TRB0501: table t belongs to 'f' (line 8), here to 'other'",
                "m.csv:11: TRB0501: table 'T' clashes with 't' in line 8", "m.csv:12: TRB0501: found 2 fields, expected 9 as in the first line",
                "m.csv:13: TRB0501: the name '{{ x }}' holds '{{' or a control character",
            ],
            error.Errors.Select(problem => (problem with { Hint = null }).ToString()));
        Assert.All(error.Errors, problem => Assert.NotNull(problem.Hint));
        Assert.Equal("Did you mean 'text'?", error.Errors[0].Hint);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("table,linkid\n", "the column data_type is missing")]
    [InlineData("table,linkid,data_type,annon\n", "unknown column 'annon'")]
    [InlineData("table,linkid,data_type,table\n", "the column 'table' stands twice")]
    public void A_wrong_header_is_refused(string text, string message)
    {
        var error = Assert.Throws<UserErrorException>(() => QuestionnaireMetadata.Read("m.csv", text));

        Assert.Equal(message, Assert.Single(error.Errors).Message);
    }

    [Fact, Requirement("E4", "E8", "E9")]
    public void The_engage_example_becomes_its_tables()
    {
        using var csv = new StringWriter();
        MetadataCsv.Write(csv);

        var metadata = QuestionnaireMetadata.Read("m.csv", csv.ToString());

        Assert.Equal(36, metadata.Questionnaires.Count);
        Assert.Contains(metadata.Questionnaires, table => table.Table == "qr_gad7_session_1");
        var survey = metadata.Questionnaires.Single(table => table.Table == "qr_sociodemographic_survey");
        Assert.Contains("household_2", survey.Columns.Select(column => column.Name));
    }
}
