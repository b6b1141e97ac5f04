using System.Text;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>Writes one model's anonymous twin as a template, and keeps the list of the columns that stay at home.</summary>
internal sealed class TwinWriter(PrivacyOptions options, MaskSettings settings)
{
    public const string NotClassed = "not classed";

    private static readonly string[] KeyTests = ["unique", "not_null"];

    private readonly PrivacyProfile profile = options.ToProfile();
    private readonly List<HeldBack> heldBack = [];

    /// <summary>What was held back so far, in the order of models and columns.</summary>
    public IReadOnlyList<HeldBack> HeldBack => heldBack;

    /// <summary>Null when there is a problem, which is added.</summary>
    public AnonymousTwin? Write(DeclaredModel model, List<UserError> problems)
    {
        var columns = new List<TwinColumn>();
        foreach (var column in model.Columns)
        {
            if (column.Class is { } found && ColumnClass.Find(found) is null) problems.Add(ColumnClass.Unknown(model.Name, column.Name, found, model.At));
            else if (Mask(model, column) is { } masked) columns.Add(masked with { Name = FreeName(masked, columns) });
        }
        if (columns.Count == 0)
        {
            problems.Add(new UserError(ErrorCodes.ClassUnknown, model.At,
                $"Nothing of '{model.Name}' may leave on the anonymous track: none of its {model.Columns.Count} declared columns has a class that leaves.",
                "Class its columns (`meta: {tributary: {class: safe}}`), or take it out of `anonymous:`."));
            return null;
        }
        var made = columns.Where(column => column.Mask.IsMade).Select(column => column.Name).ToHashSet();
        return new AnonymousTwin(model.Name, ToModel(model, columns), made);
    }

    private TwinColumn? Mask(DeclaredModel model, GeneratedColumn column)
    {
        if (column.Class is null)
        {
            heldBack.Add(new HeldBack(model.Name, column.Name, NotClassed, model.At));
            return null;
        }
        var mask = profile.Masks[column.Class];
        if (mask.Expression(Quote(column.Name), settings) is { } expression)
            return new TwinColumn(column, mask, mask.NameOf(column.Name), expression);
        heldBack.Add(new HeldBack(model.Name, column.Name, $"class {column.Class} does not leave with profile {profile.Name}", model.At));
        return null;
    }

    /// <summary>Two birth dates cannot both become <c>age_years</c>: the second keeps its own name before it.</summary>
    private static string FreeName(TwinColumn column, List<TwinColumn> before) =>
        before.Any(other => other.Name == column.Name)
            ? Identifier.Shorten($"{column.Source.Name}_{column.Name}")
            : column.Name;

    private GeneratedModel ToModel(DeclaredModel model, List<TwinColumn> columns)
    {
        var config = new Dictionary<string, object?>
        {
            ["materialized"] = "table",
            ["meta"] = new Dictionary<string, object?>
            {
                ["tributary"] = new Dictionary<string, object?> { ["track"] = "anon", ["twin_of"] = model.Name },
            },
        };
        if (options.Schema is { } schema) config["schema"] = schema;
        return new GeneratedModel(
            model.Name + options.Suffix, model.Folder, Template(model, columns), config,
            [.. columns.Select(column => column.ToColumn(KeyTests))], model.At,
            $"The anonymous twin of `{model.Name}` (profile {profile.Name}).");
    }

    private string Template(DeclaredModel model, List<TwinColumn> columns)
    {
        var text = new StringBuilder();
        text.Append("-- The anonymous twin of ").Append(model.Name).Append(", profile ").Append(profile.Name).Append(".\nselect\n");
        for (var i = 0; i < columns.Count; i++)
        {
            text.Append("    ").Append(columns[i].Expression).Append(" as ").Append(Quote(columns[i].Name));
            text.Append(i < columns.Count - 1 ? ",\n" : "\n");
        }
        return text.Append("from {{ ref(").Append(Identifier.Literal(model.Name)).Append(") }}\n").ToString();
    }

    /// <summary>A quoted name that the template language leaves alone.</summary>
    private static string Quote(string name)
    {
        var quoted = Identifier.Quote(name);
        return quoted.Contains('{') ? $"{{% raw %}}{quoted}{{% endraw %}}" : quoted;
    }
}
