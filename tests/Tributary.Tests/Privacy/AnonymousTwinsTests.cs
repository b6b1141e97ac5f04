using Tributary.Core.Graph;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Tests.Privacy;

public sealed class AnonymousTwinsTests
{
    private static readonly SourcePosition At = new("tributary.yml", 9);
    private static readonly MaskSettings Settings = new("0123456789abcdef", "America/New_York");

    private static readonly DeclaredModel Patient = Model(
        "patient",
        new("id", DataType: "text", Class: "id", Tests: ["unique", "not_null", "accepted_values"]),
        new("family_name", Class: "name"),
        new("birth_date", Class: "birth_date"),
        new("gender", Class: "safe"),
        new("note", Class: "free_text"),
        new("brand_new"));

    [Fact]
    [Requirement("E12")]
    [Requirement("E25")]
    public void Only_classed_columns_leave_and_the_others_are_reported()
    {
        var made = Make([Patient]);
        var twin = Assert.Single(made.Models);
        Assert.Equal("patient_anon", twin.Name);
        Assert.Equal(["id", "family_name", "age_years", "gender"], twin.Columns.Select(column => column.Name));
        Assert.Equal(["note", "brand_new"], made.HeldBack.Select(held => held.Column));
        Assert.Equal("not classed", made.HeldBack[1].Reason);
        Assert.Contains("brand_new", made.Warnings.Single(warning => warning.Code == ErrorCodes.ColumnHeldBack).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("brand_new", twin.Template, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("E21")]
    public void Safe_harbor_leaves_names_phones_and_addresses_out()
    {
        var model = Model("m", new("id", Class: "id"), new("n", Class: "name"), new("p", Class: "phone"), new("e", Class: "email"),
            new("a", Class: "address"), new("k", Class: "medicaid"), new("d", Class: "date"), new("z", Class: "zip"));
        var twin = Assert.Single(Make([model], new PrivacyOptions(At, ["m"])).Models);
        Assert.Equal(["id", "d", "z"], twin.Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_twin_is_a_table_in_the_folder_of_its_model_and_keeps_the_tests_of_keys()
    {
        var twin = Assert.Single(Make([Patient]).Models);
        Assert.Equal("table", twin.Config["materialized"]);
        Assert.Equal("marts", twin.Folder);
        Assert.Equal(["unique", "not_null"], twin.Columns[0].Tests);
        Assert.Contains("{{ ref('patient') }}", twin.Template, StringComparison.Ordinal);
        Assert.Contains("as_of_date('America/New_York')", twin.Template, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("E23")]
    public void The_template_names_the_key_by_its_mark()
    {
        var one = Make([Patient]).Models[0].Template;
        var two = AnonymousTwins.Make([Patient], Engage(["patient"]), Settings with { KeyMark = "fedcba9876543210" }).Models[0].Template;
        Assert.Contains("0123456789abcdef", one, StringComparison.Ordinal);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void Globs_choose_models_and_never_twins()
    {
        var models = new[] { Model("qr_a", new GeneratedColumn("id", Class: "id")), Model("qr_b", new GeneratedColumn("id", Class: "id")), Model("qr_c_anon", new GeneratedColumn("id")) };
        Assert.Equal(["qr_a_anon", "qr_b_anon"], Make(models, Engage(["qr_*"])).Models.Select(model => model.Name));
    }

    [Fact]
    public void Two_birth_dates_get_two_names()
    {
        var model = Model("m", new("birth_date", Class: "birth_date"), new("partner_birth_date", Class: "birth_date"));
        var twin = Assert.Single(Make([model], Engage(["m"])).Models);
        Assert.Equal(["age_years", "partner_birth_date_age_years"], twin.Columns.Select(column => column.Name));
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var models = new[] { Model("a", new GeneratedColumn("x", Class: "nmae")), Model("b", new GeneratedColumn("x")), Model("c", new GeneratedColumn("x", Class: "safe")), Model("c_anon") };
        var error = Assert.Throws<UserErrorException>(() => Make(models, Engage(["a", "b", "c", "missing"])));
        Assert.Equal(
            [ErrorCodes.UnknownName, ErrorCodes.DuplicateName, ErrorCodes.ClassUnknown, ErrorCodes.ClassUnknown, ErrorCodes.ClassUnknown],
            error.Errors.Select(found => found.Code));
    }

    [Fact]
    [Requirement("E21")]
    public void The_weaker_profile_and_the_unkeyed_digest_warn()
    {
        var model = Model("m", new GeneratedColumn("id", Class: "id"));
        Assert.Single(Make([model], Engage(["m"])).Warnings);
        Assert.Equal(2, Make([model], Engage(["m"]) with { Unkeyed = true }).Warnings.Count);
        Assert.Empty(Make([model], new PrivacyOptions(At, ["m"])).Warnings);
    }

    [Fact]
    public void Every_profile_has_a_mask_for_every_class()
    {
        var classes = ColumnClass.All.Select(known => known.Name).ToHashSet();
        Assert.Equal(classes, [.. PrivacyProfile.SafeHarbor.Masks.Keys]);
        Assert.Equal(classes, [.. PrivacyProfile.Engage().Masks.Keys]);
    }

    [Fact]
    public void A_column_name_with_braces_is_no_template()
    {
        var twin = Assert.Single(Make([Model("m", new GeneratedColumn("{{ evil }}", Class: "safe"))], Engage(["m"])).Models);
        Assert.Contains("{% raw %}\"{{ evil }}\"{% endraw %}", twin.Template, StringComparison.Ordinal);
    }

    private static PrivacyOptions Engage(IReadOnlyList<string> anonymous) =>
        new(At, anonymous, PrivacyProfile.EngageName);

    private static AnonymousTwins Make(IReadOnlyList<DeclaredModel> models, PrivacyOptions? options = null) =>
        AnonymousTwins.Make(models, options ?? Engage(["patient"]), Settings);

    private static DeclaredModel Model(string name, params GeneratedColumn[] columns) =>
        new(name, "marts", columns, new SourcePosition($"models/marts/{name}.yml", 1));
}
