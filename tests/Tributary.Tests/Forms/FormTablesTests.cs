using System.Text.Json;
using Tributary.Core.Forms;
using Tributary.Core.Graph;

namespace Tributary.Tests.Forms;

public sealed class FormTablesTests
{
    private static FormField Field(string path, FormType type = FormType.Text, params int[] lists) => new(path.Split('/'), type, lists);

    private static FormDefinition Form(string name, params FormField[] fields) => new(name, IsSms: false, "1", name, fields);

    private static string[] Shown(params FormDefinition[] versions) =>
        [.. FormTables.Of("formview_", versions).Select(table => $"{table.Name}({string.Join(' ', table.Positions.Concat(table.Columns.Select(column => column.Name)))})")];

    [Fact]
    public void A_column_has_its_fields_own_name_or_where_that_is_taken_its_whole_path() =>
        Assert.Equal(["formview_f(lmp h_lmp g_h_lmp inputs_source patient_id_2 _unknown_2 n2nd_answer)"],
            Shown(Form("f", Field("g/lmp"), Field("h/lmp"), Field("g/h/lmp"), Field("inputs/source"), Field("patient_id"), Field("_unknown"), Field("2nd answer"))));

    [Fact]
    public void A_list_is_a_table_with_the_numbers_of_its_entries() =>
        Assert.Equal(["formview_f(a)", "formview_f_g_l(position b)", "formview_f_g_l_m(l_position position c)"],
            Shown(Form("f", Field("a"), Field("g/l/b", FormType.Text, 2), Field("g/l/m/c", FormType.Text, 2, 3))));

    [Fact]
    public void Versions_add_columns_at_the_end_and_never_rename_or_drop_one()
    {
        Assert.Equal(["formview_f(a x g_x b)"], Shown(Form("f", Field("a"), Field("h/x")), Form("f", Field("g/x"), Field("h/x"), Field("b"))));
        var columns = FormTables.Of("v_", [Form("f", Field("a", FormType.Integer), Field("b", FormType.Date), Field("c", FormType.Choice)), Form("f", Field("a", FormType.Decimal), Field("b", FormType.Integer))])[0].Columns;
        Assert.Equal([("a", FormType.Decimal, true), ("b", FormType.Text, true), ("c", FormType.Choice, false)], columns.Select(column => (column.Name, column.Type, column.IsCurrent)));
    }

    [Fact]
    public void Names_of_any_spelling_become_names_and_two_forms_never_one_table() =>
        Assert.Equal(["formview_a_b(x)", "formview_p(x)", "formview_a_b_2(x)", "formview_p_2(x)"],
            Shown(Form("a:b", Field("x")), Form("P", Field("x")), Form("a-b", Field("x")), new FormDefinition("p", IsSms: true, "", "", [Field("x")])));

    [Fact]
    public void Nothing_out_of_a_form_becomes_template_or_sql()
    {
        var nasty = "it's {{ evil() }} {% x %} <<form>> \" \\";
        var form = new FormDefinition(nasty, IsSms: true, "", nasty, [new FormField([nasty, nasty], FormType.Integer, []) { Labels = new Dictionary<string, string> { [nasty] = nasty }, Choices = [new FormChoice(nasty, new Dictionary<string, string>())] }]);
        var models = FormModels.From(new FormsConfig(new("tributary.yml"), "cht.medic"), [form], new ReportsTable("{{ changes('v1', 'couchdb') }}", "_id", "doc"), new HashSet<string>());
        Assert.Equal(2, models.Count);
        foreach (var model in models)
        {
            Assert.DoesNotContain("{{ evil", model.Template, StringComparison.Ordinal);
            Assert.DoesNotContain("{%", model.Template, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", model.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_table_of_the_users_own_stands_in_the_generated_ones_place()
    {
        IReadOnlyList<GeneratedModel> models = FormModels.From(new FormsConfig(new("tributary.yml"), "cht.medic"), [Form("a", Field("x")), Form("b", Field("x"))], new ReportsTable("t", "_id", "doc"), new HashSet<string> { "formview_a" });
        Assert.Equal(["formview_b", "form_dictionary"], models.Select(model => model.Name));
    }

    [Fact]
    public void A_definition_is_the_same_after_it_was_kept()
    {
        var form = Form("f", Field("g/l/b", FormType.Choice, 2) with { Labels = new Dictionary<string, string> { ["en"] = "B" }, Choices = [new("y", new Dictionary<string, string> { [""] = "Yes" })], IsRequired = true });
        var text = JsonSerializer.Serialize(form);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<FormDefinition>(text)));
    }
}
